package fi.signspace.plugin.bulk;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** One pass through a worksheet, or through another part, which has no such elements. */
final class SheetPart {

  private static final Pattern FIRST_CELL = Pattern.compile("([A-Z]{1,3})([0-9]{1,7}).*");
  private static final Pattern CELL = Pattern.compile("([A-Z]{1,3})[0-9]{1,7}");

  /** What a spreadsheet writes: a number that fits into 64 bits of floating point. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9.]{1,40}(?:[eE][-+]?[0-9]{1,3})?");

  /** The limit of spreadsheets. */
  private static final int MAX_CELLS = 16_384;

  /** A narrower column is not seen; in characters. */
  private static final double MIN_WIDTH = 1;

  /** A lower row is not seen; in points. */
  private static final double MIN_HEIGHT = 4;

  private final XMLStreamReader xml;
  private final SheetFindings findings;
  private final BitSet hiddenColumns = new BitSet();
  private int row;
  private int column;
  private int cells;
  private boolean isHidden;
  private boolean isNumber;
  private boolean isInRows;

  /** The content is none of a spreadsheet. */
  @SuppressWarnings("serial")
  private static final class UnreadableException extends RuntimeException {
    UnreadableException(String message) {
      super(message);
    }
  }

  SheetPart(XMLStreamReader xml, SheetFindings findings) {
    this.xml = xml;
    this.findings = findings;
  }

  void read() throws XMLStreamException {
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamReader.START_ELEMENT) {
        element();
      } else if (event == XMLStreamReader.END_ELEMENT && xml.getLocalName().equals("sheetData")) {
        isInRows = false;
      }
    }
  }

  private void element() throws XMLStreamException {
    switch (xml.getLocalName()) {
      case "sheetFormatPr" -> {
        if (isTrue("zeroHeight")
            || isBelow("defaultRowHeight", MIN_HEIGHT)
            || isBelow("defaultColWidth", MIN_WIDTH)) {
          findings.addOfWorkbook(
              "Rows or columns are hidden unless they have a size of their own; show all, or save the sheet as CSV.");
        }
      }
      case "col" -> {
        if (isTrue("hidden") || isBelow("width", MIN_WIDTH)) {
          hiddenColumns.set(
              Math.max(0, number("min", 1) - 1), Math.min(MAX_CELLS, number("max", MAX_CELLS)));
        }
      }
      case "sheetData" -> isInRows = true;
      case "AlternateContent" -> {
        if (isInRows) {
          throw new UnreadableException("Rows that depend on the program");
        }
      }
      case "row" -> row();
      case "c" -> cell();
      case "f" -> {
        if (row > 0) {
          findings.noteFormula(row, column);
        }
      }
      case "v" -> {
        filled();
        if (isNumber && !NUMBER.matcher(xml.getElementText().strip()).matches()) {
          throw new UnreadableException("A number that no spreadsheet writes");
        }
      }
      case "is" -> filled();
      case "workbookPr" -> {
        if (isTrue("date1904")) {
          findings.addOfWorkbook(
              "The workbook uses the 1904 date system, so that its dates would be read wrongly; save the sheet as CSV.");
        }
      }
      case "calcPr" -> {
        if (isTrue("fullCalcOnLoad")) {
          findings.noteCalculationOnOpening();
        }
      }
      case "mergeCell" -> merged(String.valueOf(xml.getAttributeValue(null, "ref")));
      default -> {
        // says nothing about rows
      }
    }
  }

  private void row() {
    int next = number("r", row + 1);
    if (next <= row) {
      throw new UnreadableException("A row that follows a later one");
    }
    row = next;
    isHidden = isTrue("hidden") || isBelow("ht", MIN_HEIGHT);
    column = -1;
    cells = 0;
  }

  private void cell() {
    if (row == 0) {
      return; // of another part, such as the list of formulas
    }
    cells++;
    String place = xml.getAttributeValue(null, "r");
    Matcher known = CELL.matcher(place == null ? "" : place);
    if (cells > MAX_CELLS || (place != null && !known.matches())) {
      throw new UnreadableException("A cell that no spreadsheet has");
    }
    int next = place == null ? column + 1 : column(known.group(1));
    if (next <= column) {
      throw new UnreadableException("A cell that follows a later one");
    }
    column = next;
    String type = xml.getAttributeValue(null, "t");
    isNumber = type == null || type.equals("n");
    int style = number("s", 0);
    if (!isNumber && style != 0) {
      findings.noteText(style, row, column, String.valueOf(place));
    }
  }

  private void filled() {
    if (isHidden) {
      findings.add(row, -1, "The row is hidden or filtered out; show it, or delete it.");
      isHidden = false;
    }
    if (column >= 0 && hiddenColumns.get(column)) {
      findings.add(row, column, "The column is hidden; show it, or delete it.");
      hiddenColumns.clear(column);
    }
  }

  private void merged(String range) {
    Matcher first = FIRST_CELL.matcher(range);
    if (first.matches()) {
      findings.add(
          Integer.parseInt(first.group(2)),
          column(first.group(1)),
          "Cells %s are merged; separate them, and fill each.".formatted(range));
    } else {
      findings.addOfWorkbook("There are merged cells; separate them.");
    }
  }

  /** From 0. */
  private static int column(String letters) {
    return letters.chars().reduce(0, (column, letter) -> column * 26 + letter - 'A' + 1) - 1;
  }

  private boolean isBelow(String size, double min) {
    String given = xml.getAttributeValue(null, size);
    return given != null && Double.parseDouble(given) < min;
  }

  private boolean isTrue(String attribute) {
    String value = String.valueOf(xml.getAttributeValue(null, attribute));
    return value.equals("1") || value.equalsIgnoreCase("true");
  }

  private int number(String attribute, int otherwise) {
    String given = xml.getAttributeValue(null, attribute);
    return given == null ? otherwise : Integer.parseInt(given);
  }
}

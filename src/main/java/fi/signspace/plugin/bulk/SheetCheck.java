package fi.signspace.plugin.bulk;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Unpacks a workbook once, without keeping it: it must not be too large, nor contain what would
 * occupy its reader or the memory; and its hidden rows and columns and merged cells are found,
 * which its reader does not know.
 */
final class SheetCheck {

  private static final Pattern FIRST_CELL = Pattern.compile("([A-Z]{1,3})([0-9]{1,7}).*");
  private static final Pattern CELL = Pattern.compile("([A-Z]{1,3})[0-9]{1,7}");

  /** What a spreadsheet writes: a number that fits into 64 bits of floating point. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9.]{1,40}(?:[eE][-+]?[0-9]{1,3})?");

  private static final Pattern ZERO = Pattern.compile("0+(?:\\.0*)?");

  /** The limit of spreadsheets. */
  private static final int MAX_CELLS = 16_384;

  /** With one of them, a person sees what to correct. */
  private static final int MAX_FINDINGS = 100;

  /**
   * Far more than a cell has. A parser keeps an attribute, a text or a comment in memory, several
   * times, and none contains this character.
   */
  private static final int MAX_BETWEEN_ELEMENTS = 1_000_000;

  private static final int ELEMENT = '<';

  private final long maxUnpacked;
  private long unpacked;
  private int sinceElement;

  /**
   * @param column from 0; -1 for the whole row
   */
  record Finding(int row, int column, String detail) {

    ListError error(List<String> names) {
      String name = column >= 0 && column < names.size() ? names.get(column) : "";
      return new ListError(row, name, "", detail);
    }
  }

  @SuppressWarnings("serial")
  static final class TooLargeException extends RuntimeException {}

  /** The content is none of a spreadsheet. */
  @SuppressWarnings("serial")
  private static final class UnreadableException extends RuntimeException {
    UnreadableException(String message) {
      super(message);
    }
  }

  SheetCheck(long maxUnpacked) {
    this.maxUnpacked = maxUnpacked;
  }

  /**
   * @throws TooLargeException if it is
   */
  List<Finding> findings(byte[] content) throws IOException, XMLStreamException {
    List<Finding> findings = new ArrayList<>();
    try (ZipFile zip =
        ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(content)).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        try (InputStream part = counted(zip.getInputStream(entry))) {
          find(entry.getName(), new Open(part), findings);
          part.transferTo(OutputStream.nullOutputStream());
        }
      }
    }
    return findings;
  }

  private InputStream counted(InputStream part) {
    sinceElement = 0;
    return new FilterInputStream(part) {
      @Override
      public int read() throws IOException {
        byte[] next = new byte[1];
        return read(next, 0, 1) < 0 ? -1 : next[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        int read = super.read(bytes, from, length);
        for (int i = from; i < from + read; i++) {
          count(bytes[i]);
        }
        return read;
      }
    };
  }

  private void count(byte next) {
    unpacked++;
    sinceElement = next == ELEMENT ? 0 : sinceElement + 1;
    if (unpacked > maxUnpacked || sinceElement > MAX_BETWEEN_ELEMENTS) {
      throw new TooLargeException();
    }
  }

  /** A parser closes what it has read, but something may follow. */
  private static final class Open extends FilterInputStream {

    Open(InputStream part) {
      super(part);
    }

    @Override
    public void close() {
      // the part is closed by its owner
    }
  }

  /** A worksheet may be anywhere in the workbook; what is no XML is none. */
  private static void find(String name, InputStream part, List<Finding> findings)
      throws XMLStreamException {
    try {
      find(part, findings);
    } catch (XMLStreamException e) {
      if (name.startsWith("xl/worksheets/") && name.endsWith(".xml")) {
        throw e;
      }
    }
  }

  private static void find(InputStream part, List<Finding> findings) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    new Worksheet(factory.createXMLStreamReader(part), findings).read();
  }

  /** One pass through a worksheet, or through another part, which has no such elements. */
  private static final class Worksheet {

    private final XMLStreamReader xml;
    private final List<Finding> findings;
    private final BitSet hiddenColumns = new BitSet();
    private int row;
    private int column;
    private int cells;
    private boolean isHidden;
    private boolean isNumber;

    Worksheet(XMLStreamReader xml, List<Finding> findings) {
      this.xml = xml;
      this.findings = findings;
    }

    void read() throws XMLStreamException {
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamReader.START_ELEMENT) {
          element();
        }
      }
    }

    private void element() throws XMLStreamException {
      switch (xml.getLocalName()) {
        case "col" -> {
          if (isHidden("width")) {
            hiddenColumns.set(
                Math.max(0, number("min", 1) - 1), Math.min(MAX_CELLS, number("max", MAX_CELLS)));
          }
        }
        case "row" -> {
          row = number("r", row + 1);
          isHidden = isHidden("ht");
          column = -1;
          cells = 0;
        }
        case "c" -> cell();
        case "v" -> {
          filled();
          if (isNumber && !NUMBER.matcher(xml.getElementText().strip()).matches()) {
            throw new UnreadableException("A number that no spreadsheet writes");
          }
        }
        case "is" -> filled();
        case "workbookPr" -> {
          if (isTrue("date1904")) {
            add(
                new Finding(
                    0,
                    -1,
                    "The workbook uses the 1904 date system, so that its dates would be read wrongly; save the sheet as CSV."));
          }
        }
        case "mergeCell" -> add(merged(String.valueOf(xml.getAttributeValue(null, "ref"))));
        default -> {
          // says nothing about rows
        }
      }
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
      column = place == null ? column + 1 : column(known.group(1));
      String type = xml.getAttributeValue(null, "t");
      isNumber = type == null || type.equals("n");
    }

    private void filled() {
      if (isHidden) {
        add(new Finding(row, -1, "The row is hidden or filtered out; show it, or delete it."));
        isHidden = false;
      }
      if (column >= 0 && hiddenColumns.get(column)) {
        add(new Finding(row, column, "The column is hidden; show it, or delete it."));
        hiddenColumns.clear(column);
      }
    }

    private void add(Finding finding) {
      if (findings.size() < MAX_FINDINGS) {
        findings.add(finding);
      }
    }

    /** By the attribute of that name, or because it has no size. */
    private boolean isHidden(String size) {
      return isTrue("hidden")
          || ZERO.matcher(String.valueOf(xml.getAttributeValue(null, size))).matches();
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

  private static Finding merged(String range) {
    Matcher first = FIRST_CELL.matcher(range);
    if (!first.matches()) {
      return new Finding(0, -1, "There are merged cells; separate them.");
    }
    return new Finding(
        Integer.parseInt(first.group(2)),
        column(first.group(1)),
        "Cells %s are merged; separate them, and fill each.".formatted(range));
  }

  /** From 0. */
  private static int column(String letters) {
    return letters.chars().reduce(0, (column, letter) -> column * 26 + letter - 'A' + 1) - 1;
  }
}

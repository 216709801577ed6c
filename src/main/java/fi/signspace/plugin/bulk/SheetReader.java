package fi.signspace.plugin.bulk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;

/**
 * Reads the list in an XLSX workbook, one row after the other. What a person does not see, or sees
 * differently from the stored value, is an error that names the cell.
 */
final class SheetReader {

  private static final int MAX_COLUMNS = 500;
  private static final ReadingOptions WITH_FORMATS = new ReadingOptions(true, true);

  private final int maxRows;
  private final long maxUnpacked;

  SheetReader(int maxRows, long maxUnpacked) {
    this.maxRows = maxRows;
    this.maxUnpacked = maxUnpacked;
  }

  ReadList read(byte[] content, Set<String> ignored) {
    RowCollector rows = new RowCollector(maxRows, ignored);
    try {
      SheetFindings findings = new SheetCheck(maxUnpacked).findings(content);
      try (ReadableWorkbook workbook =
          new ReadableWorkbook(new ByteArrayInputStream(content), WITH_FORMATS)) {
        read(workbook, rows);
        checkCodes(rows);
        findings
            .all(style -> !CellFormat.ofStyle(workbook, style).showsTextAsItIs())
            .forEach(finding -> rows.refuse(finding.error(rows.names())));
      }
    } catch (SheetCheck.TooLargeException e) {
      return ReadList.refused(
          ListError.ofUpload(
              "",
              "The workbook is too large when it is unpacked; delete what does not belong to the"
                  + " list, or save the sheet as CSV."));
    } catch (IOException | XMLStreamException | RuntimeException e) {
      // the reader fails in many ways at a file whose structure is wrong
      return ReadList.refused(
          ListError.ofUpload(
              "", "The workbook cannot be read; save it again as XLSX, or save the sheet as CSV."));
    }
    return rows.finish(';');
  }

  private void read(ReadableWorkbook workbook, RowCollector rows) throws IOException {
    List<Sheet> filled = new ArrayList<>();
    for (Sheet sheet : workbook.getSheets().toList()) {
      if (isFilled(sheet)) {
        filled.add(sheet);
      }
    }
    for (Sheet sheet : filled) {
      if (sheet.getVisibility() != SheetVisibility.VISIBLE) {
        rows.refuse(
            ListError.ofUpload(
                "",
                "The sheet %s is hidden; delete it, or show it."
                    .formatted(ListError.shown(sheet.getName()))));
        return;
      }
    }
    if (filled.size() > 1) {
      rows.refuse(
          ListError.ofUpload(
              "",
              "The workbook has several sheets with content, %s; keep the one with the list."
                  .formatted(
                      ListError.shown(
                          String.join(", ", filled.stream().map(Sheet::getName).toList())))));
      return;
    }
    if (!filled.isEmpty()) {
      read(filled.get(0), rows);
    }
  }

  private static boolean isFilled(Sheet sheet) throws IOException {
    try (Stream<Row> found = sheet.openStream()) {
      return found.anyMatch(row -> row.stream().anyMatch(SheetReader::isFilled));
    }
  }

  private static boolean isFilled(Cell cell) {
    return cell != null
        && (cell.getFormula() != null || (cell.getText() != null && !cell.getText().isBlank()));
  }

  private void read(Sheet sheet, RowCollector rows) throws IOException {
    long length = 0;
    try (Stream<Row> found = sheet.openStream()) {
      for (Row row : (Iterable<Row>) found::iterator) {
        List<String> cells = cells(row, rows);
        length += cells.stream().mapToLong(String::length).sum();
        if (length > maxUnpacked) {
          throw new SheetCheck.TooLargeException();
        }
        boolean isBeforeHeader = rows.names().isEmpty() && RowCollector.isBlank(cells);
        if (!isBeforeHeader && !rows.add(row.getRowNum(), cells)) {
          return;
        }
      }
    }
  }

  private static List<String> cells(Row row, RowCollector rows) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.getCellCount(); i++) {
      Cell cell = row.getCell(i);
      if (cell == null || !isFilled(cell)) {
        continue;
      }
      if (i >= MAX_COLUMNS) {
        rows.refuse(
            ListError.ofUpload(
                "", "The list has more than %s columns; delete some.".formatted(MAX_COLUMNS)));
        break;
      }
      while (cells.size() < i) {
        cells.add("");
      }
      SheetCell shown = SheetCell.of(cell);
      cells.add(shown.text());
      if (shown.problem() != null) {
        rows.error(row.getRowNum(), i, "Cell %s: %s".formatted(cell.getAddress(), shown.problem()));
      }
    }
    return cells;
  }

  /** A workbook is kept and passed on; only the page that sends a CSV file encrypts its codes. */
  private static void checkCodes(RowCollector rows) {
    for (int i = 0; i < rows.names().size(); i++) {
      if (Columns.isNin(rows.names().get(i))) {
        rows.refuse(
            new ListError(
                1,
                rows.names().get(i),
                "",
                "Identity codes are accepted in CSV only; save the sheet as CSV."));
      }
    }
  }
}

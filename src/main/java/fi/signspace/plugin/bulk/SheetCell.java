package fi.signspace.plugin.bulk;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Set;
import org.dhatim.fastexcel.reader.Cell;
import org.jspecify.annotations.Nullable;

/**
 * What a cell of a workbook shows.
 *
 * @param problem why that is not known; null if it is
 */
record SheetCell(String text, @Nullable String problem) {

  /** What spreadsheet programs keep of a number. */
  private static final MathContext PRECISION = new MathContext(15, RoundingMode.HALF_UP);

  /** The digits of a number, its sign and its point, that are shown without a format. */
  private static final int SHOWN = 11;

  private static final String DATE = ".*[dy].*";

  private static final Set<String> FAILURES =
      Set.of("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!");

  static SheetCell of(Cell cell) {
    Object value = cell.getValue();
    if (value instanceof BigDecimal number) {
      return number(cell, number.round(PRECISION));
    }
    if (value instanceof Boolean truth) {
      return new SheetCell(truth.toString(), null);
    }
    String raw = cell.getRawValue();
    if (cell.getFormula() != null && raw == null) {
      return unknown("The formula has no result; open the workbook and save it.");
    }
    String text = value instanceof String known ? known : raw == null ? "" : raw;
    return FAILURES.contains(text.toUpperCase(Locale.ROOT))
        ? unknown("It holds the error %s; correct the formula.".formatted(text))
        : new SheetCell(text, null);
  }

  private static SheetCell unknown(String problem) {
    return new SheetCell("", problem);
  }

  private static SheetCell number(Cell cell, BigDecimal number) {
    String format = format(cell);
    if (format.equals("general") || format.equals("@") || format.isEmpty()) {
      String plain = number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
      return plain.length() <= SHOWN
          ? new SheetCell(plain, null)
          : unknown("The number is shown rounded; format the column as text and write it again.");
    }
    if (format.matches("0+")) {
      String digits = number.setScale(0, RoundingMode.HALF_UP).abs().toPlainString();
      String padded = "0".repeat(Math.max(0, format.length() - digits.length())) + digits;
      return new SheetCell((number.signum() < 0 ? "-" : "") + padded, null);
    }
    if (format.matches("0\\.0+")) {
      return new SheetCell(
          number.setScale(format.length() - 2, RoundingMode.HALF_UP).toPlainString(), null);
    }
    if (format.matches(DATE)) {
      LocalDateTime moment = cell.asDate();
      return new SheetCell(
          moment.toLocalTime().equals(LocalTime.MIDNIGHT)
              ? moment.toLocalDate().toString()
              : moment.toString(),
          null);
    }
    return unknown(
        "The cell displays its number differently from the stored value; format the column as text and write it"
            + " again.");
  }

  /**
   * Without colours, places, what is for negative numbers, and separators of a date; {@code ?} if
   * the cell shows a text in addition to its number, or nothing.
   */
  private static String format(Cell cell) {
    String format = cell.getDataFormatString();
    if (format == null) {
      Integer id = cell.getDataFormatId();
      boolean isDate = id != null && ((id >= 14 && id <= 17) || id == 22);
      return isDate ? "d" : id == null || id == 0 || id == 49 ? "general" : "?";
    }
    String positive = format.replaceAll(";.*", "");
    String plain =
        positive.replaceAll("\"[^\"]*\"|\\[[^\\]]*]|\\\\.", "").strip().toLowerCase(Locale.ROOT);
    boolean showsText = positive.matches(".*[\"\\\\].*") && !plain.matches(DATE);
    boolean showsNothing = plain.isEmpty() && !positive.equals(format);
    return showsText || showsNothing ? "?" : plain;
  }
}

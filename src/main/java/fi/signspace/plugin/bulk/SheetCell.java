package fi.signspace.plugin.bulk;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
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

  static final String FORMATTED =
      "The cell displays something else than its stored value; format the column as text and write it again.";

  /** A character that spreadsheet programs show in its place. */
  private static final Pattern ESCAPED = Pattern.compile("_x[0-9A-Fa-f]{4}_");

  private static final Set<String> FAILURES =
      Set.of("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!");

  static SheetCell of(Cell cell) {
    Object value = cell.getValue();
    if (value instanceof BigDecimal number) {
      return number(cell, number.round(PRECISION));
    }
    String raw = cell.getRawValue();
    if (cell.getFormula() != null && raw == null) {
      return unknown("The formula has no result; open the workbook and save it.");
    }
    if (value instanceof Boolean truth) {
      return new SheetCell(truth.toString(), null);
    }
    String text = value instanceof String known ? known : raw == null ? "" : raw;
    if (ESCAPED.matcher(text).find()) {
      return unknown(FORMATTED);
    }
    return FAILURES.contains(text.toUpperCase(Locale.ROOT))
        ? unknown("It holds the error %s; correct the formula.".formatted(text))
        : new SheetCell(text, null);
  }

  private static SheetCell unknown(String problem) {
    return new SheetCell("", problem);
  }

  private static SheetCell number(Cell cell, BigDecimal number) {
    String code = CellFormat.of(cell).codeFor(number.signum());
    if (code.equals("general") || code.equals("@")) {
      String plain = number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
      return plain.length() <= SHOWN
          ? new SheetCell(plain, null)
          : unknown("The number is shown rounded; format the column as text and write it again.");
    }
    if (code.matches("0+")) {
      String digits = number.setScale(0, RoundingMode.HALF_UP).abs().toPlainString();
      String padded = "0".repeat(Math.max(0, code.length() - digits.length())) + digits;
      return new SheetCell((number.signum() < 0 ? "-" : "") + padded, null);
    }
    if (code.matches("0\\.0+")) {
      return new SheetCell(
          number.setScale(code.length() - 2, RoundingMode.HALF_UP).toPlainString(), null);
    }
    if (CellFormat.isDate(code)) {
      LocalDateTime moment = cell.asDate();
      boolean isDay = !code.contains("h") || moment.toLocalTime().equals(LocalTime.MIDNIGHT);
      return new SheetCell(isDay ? moment.toLocalDate().toString() : moment.toString(), null);
    }
    return unknown(FORMATTED);
  }
}

package fi.signspace.plugin.bulk;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/** What spreadsheet programs do to text. */
public final class CellText {

  private static final Pattern FORMULA = Pattern.compile("(?s)[=+\\-@\\t\\r].*");

  /** The mark of a spreadsheet program for text that is no formula. */
  private static final String MARK = "'";

  /** Returns text that no spreadsheet program takes for a formula; {@link #read} undoes it. */
  public static String neutralised(String text) {
    return FORMULA.matcher(text).matches() ? MARK + text : text;
  }

  static String read(String cell) {
    String text = cell.replaceAll("^[\\s\\p{Z}]+|[\\s\\p{Z}]+$", "");
    return text.startsWith(MARK) && FORMULA.matcher(text.substring(1)).matches()
        ? text.substring(1)
        : text;
  }

  /** Two keys have the same form if a spreadsheet program may have made one of the other. */
  public static String formOfKey(String key) {
    try {
      BigDecimal number = new BigDecimal(key.replace(',', '.'));
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    } catch (ArithmeticException | NumberFormatException e) {
      return key.toLowerCase(Locale.ROOT);
    }
  }

  private CellText() {}
}

package fi.signspace.plugin.bulk;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Locale;
import java.util.function.IntPredicate;
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
    String text = trimmed(cell, CellText::isBlank);
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
      return Normalizer.normalize(key, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
  }

  /** In linear time, unlike a regular expression for the end of a text. */
  static String trimmed(String text, IntPredicate isOutside) {
    int start = 0;
    int end = text.length();
    while (start < end && isOutside.test(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (end > start && isOutside.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  static boolean isBlank(int character) {
    return Character.isSpaceChar(character) || (character >= '\t' && character <= '\r');
  }

  private CellText() {}
}

package fi.signspace.plugin.signing;

import java.util.Comparator;

/** The order in which signatories see documents. */
public final class DocumentOrder {

  /**
   * Natural order: digits are compared by their value, so {@code document2} comes before {@code
   * document10}. Names that differ only in leading zeros are ordered as plain text, so different
   * names are never equal.
   */
  public static final Comparator<String> NATURAL =
      ((Comparator<String>) DocumentOrder::compareNaturally)
          .thenComparing(Comparator.naturalOrder());

  private DocumentOrder() {}

  private static int compareNaturally(String left, String right) {
    int l = 0;
    int r = 0;
    while (l < left.length() && r < right.length()) {
      int order;
      if (isDigit(left.charAt(l)) && isDigit(right.charAt(r))) {
        int leftEnd = endOfNumber(left, l);
        int rightEnd = endOfNumber(right, r);
        order = compareNumbers(left.substring(l, leftEnd), right.substring(r, rightEnd));
        l = leftEnd;
        r = rightEnd;
      } else {
        order = Character.compare(left.charAt(l++), right.charAt(r++));
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.length() - l, right.length() - r);
  }

  private static int compareNumbers(String left, String right) {
    String leftDigits = withoutLeadingZeros(left);
    String rightDigits = withoutLeadingZeros(right);
    int byLength = Integer.compare(leftDigits.length(), rightDigits.length());
    return byLength != 0 ? byLength : leftDigits.compareTo(rightDigits);
  }

  private static String withoutLeadingZeros(String digits) {
    int start = 0;
    while (start < digits.length() && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }

  private static int endOfNumber(String text, int start) {
    int end = start;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}

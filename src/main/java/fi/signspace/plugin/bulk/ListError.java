package fi.signspace.plugin.bulk;

import fi.signspace.plugin.signing.text.PersonalIdentityCode;

/**
 * An error of a list. No part of it contains a personal identity code.
 *
 * @param row as the clerk sees it: the header is row 1; 0 for an error of the whole upload
 * @param column the column's header; "" if the error is not about one column
 * @param value what the cell holds, shortened; "" for identity codes
 * @param detail what is wrong and what would be right, as a sentence
 */
public record ListError(int row, String column, String value, String detail) {

  private static final int MAX_SHOWN = 100;

  public ListError {
    value = Columns.isNin(column) ? "" : shown(value);
    column = shown(column);
    detail = PersonalIdentityCode.masked(detail);
  }

  /** An error of the whole upload. */
  public static ListError ofUpload(String column, String detail) {
    return new ListError(0, column, "", detail);
  }

  static String shown(String text) {
    String masked = PersonalIdentityCode.masked(text);
    return masked.codePointCount(0, masked.length()) <= MAX_SHOWN
        ? masked
        : masked.substring(0, masked.offsetByCodePoints(0, MAX_SHOWN)) + "…";
  }
}

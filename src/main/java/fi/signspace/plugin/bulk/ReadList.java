package fi.signspace.plugin.bulk;

import java.util.List;

/**
 * A list as it was read.
 *
 * @param columns the headers, in their order
 * @param rows the rows that can be validated further
 * @param errors of the file, its header and its rows
 * @param isUsable false if an error concerns all rows, so that no row may be sent
 */
public record ReadList(
    char delimiter,
    List<String> columns,
    List<ListRow> rows,
    List<ListError> errors,
    boolean isUsable) {

  static ReadList refused(ListError error) {
    return new ReadList(',', List.of(), List.of(), List.of(error), false);
  }
}

package fi.signspace.plugin.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects the rows of a table, the header first, and every error. */
final class RowCollector {

  private final int maxRows;
  private final Set<String> ignored;
  private final List<ListError> errors = new ArrayList<>();
  private final List<ListRow> rows = new ArrayList<>();
  private @Nullable Columns columns;
  private @Nullable RowReader reader;
  private boolean isComplete = true;

  RowCollector(int maxRows, Set<String> ignored) {
    this.maxRows = maxRows;
    this.ignored = ignored;
  }

  /**
   * Adds a row; blank ones are left out.
   *
   * @param number as the clerk sees it
   * @return false if no further row can be added
   */
  boolean add(int number, List<String> cells) {
    if (reader == null) {
      columns = new Columns(number, cells, ignored);
      reader = new RowReader(columns, errors);
    } else if (!isBlank(cells)) {
      if (rows.size() == maxRows) {
        refuse(
            ListError.ofUpload(
                "", "The list has more than %s rows; send it in parts.".formatted(maxRows)));
        return false;
      }
      rows.add(reader.read(number, cells));
    }
    return true;
  }

  static boolean isBlank(List<String> cells) {
    return cells.stream().allMatch(cell -> CellText.read(cell).isEmpty());
  }

  /** Adds an error of a cell. */
  void error(int row, int column, String detail) {
    List<String> names = columns == null ? List.of() : columns.names();
    errors.add(new ListError(row, column < names.size() ? names.get(column) : "", "", detail));
  }

  /** Adds an error after which no row can be sent. */
  void refuse(ListError error) {
    errors.add(error);
    isComplete = false;
  }

  List<String> names() {
    return columns == null ? List.of() : columns.names();
  }

  ReadList finish(char delimiter) {
    if (columns == null || reader == null) {
      return ReadList.refused(
          errors.isEmpty() ? ListError.ofUpload("", "The list is empty.") : errors.get(0));
    }
    List<ListError> ofHeader = isComplete ? columns.errors(reader.used()) : List.of();
    if (rows.isEmpty() && isComplete) {
      errors.add(ListError.ofUpload("", "The list has a header, but no rows."));
    }
    return new ReadList(
        delimiter,
        columns.names(),
        rows,
        Stream.concat(ofHeader.stream(), errors.stream()).toList(),
        isComplete && ofHeader.isEmpty() && !rows.isEmpty());
  }
}

package fi.signspace.plugin.bulk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What a person may not see in a workbook, or sees differently. */
final class SheetFindings {

  /** With one of them, a person sees what to correct. */
  private static final int MAX_FINDINGS = 100;

  private final List<Finding> found = new ArrayList<>();
  private final Map<Integer, Finding> texts = new HashMap<>();
  private boolean isCalculatedOnOpening;
  private @Nullable Finding formula;

  /**
   * @param row from 1; 0 for the whole workbook
   * @param column from 0; -1 for the whole row
   */
  record Finding(int row, int column, String detail) {

    ListError error(List<String> names) {
      String name = column >= 0 && column < names.size() ? names.get(column) : "";
      return new ListError(row, name, "", detail);
    }
  }

  void add(int row, int column, String detail) {
    if (found.size() < MAX_FINDINGS) {
      found.add(new Finding(row, column, detail));
    }
  }

  void addOfWorkbook(String detail) {
    add(0, -1, detail);
  }

  void noteFormula(int row, int column) {
    if (formula == null) {
      formula =
          new Finding(
              row,
              column,
              "The result of the formula is calculated when the workbook is opened, so it may differ from the stored one; open the workbook and save it.");
    }
  }

  /**
   * @param style the index of the format
   */
  void noteText(int style, int row, int column, String place) {
    texts.computeIfAbsent(
        style,
        first -> new Finding(row, column, "Cell %s: %s".formatted(place, SheetCell.FORMATTED)));
  }

  void noteCalculationOnOpening() {
    isCalculatedOnOpening = true;
  }

  /**
   * @param hidesText whether the format of this index does not show a text as it is
   */
  List<Finding> all(IntPredicate hidesText) {
    texts.forEach(
        (style, first) -> {
          if (hidesText.test(style)) {
            found.add(first);
          }
        });
    if (isCalculatedOnOpening && formula != null) {
      found.add(formula);
    }
    return found;
  }
}

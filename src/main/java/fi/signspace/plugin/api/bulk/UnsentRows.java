package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.bulk.SealedRows.SealedRow;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.bulk.CellText;
import fi.signspace.plugin.bulk.ListError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/**
 * Determines which rows of an upload have not been sent, and rejects the upload if one of them
 * resembles a row that was.
 */
final class UnsentRows {

  private static final String KEY = "businessKey";

  private final BulkRequests requests;
  private final BulkStore store;

  UnsentRows(BulkRequests requests, BulkStore store) {
    this.requests = requests;
    this.store = store;
  }

  /** The rows whose keys no upload of the list has sent. */
  List<SealedRow> of(String list, List<SealedRow> rows) {
    Set<String> sent = new HashSet<>(requests.keysOfList(list));
    sent.addAll(store.startedKeys(list));
    Map<String, String> sentByForm =
        sent.stream()
            .collect(Collectors.toMap(CellText::formOfKey, key -> key, (some, other) -> some));
    List<SealedRow> missing = rows.stream().filter(row -> !sent.contains(row.key())).toList();
    List<ListError> errors = new ArrayList<>();
    for (SealedRow row : missing) {
      String similar = sentByForm.get(CellText.formOfKey(row.key()));
      if (similar != null) {
        errors.add(
            row.error(
                KEY,
                "The row looks like one that was sent as %s; restore its key.".formatted(similar)));
      }
    }
    throwIfAny(errors);
    if (missing.isEmpty()) {
      throw new ProblemException(
          HttpStatus.CONFLICT, "Nothing to send", "Every row of the list has been sent.");
    }
    return missing;
  }

  /** All rows of a new list, unless their keys are those of requests of other lists. */
  List<SealedRow> ofNew(NewBulk bulk) {
    if (!bulk.repeatsKeys()) {
      throwIfAny(sentKeys(bulk.rows()));
    }
    return bulk.rows();
  }

  /** Errors of the rows whose keys are those of requests of other lists. */
  List<ListError> sentKeys(List<SealedRow> rows) {
    Set<String> sent = requests.startedOfAnyList(rows.stream().map(SealedRow::key).toList());
    return rows.stream()
        .filter(row -> sent.contains(row.key()))
        .map(
            row ->
                row.error(
                    KEY,
                    "A list has sent a request with this key. To send only what is missing, choose"
                        + " the list that this one corrects (options.list); to send this row again,"
                        + " say so (options.repeatKeys)."))
        .toList();
  }

  private static void throwIfAny(List<ListError> errors) {
    if (!errors.isEmpty()) {
      throw new InvalidListException(errors);
    }
  }
}

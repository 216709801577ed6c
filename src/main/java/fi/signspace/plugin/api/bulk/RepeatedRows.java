package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.bulk.SealedRows.SealedDocument;
import fi.signspace.plugin.api.bulk.SealedRows.SealedRow;
import fi.signspace.plugin.bulk.ListError;
import fi.signspace.plugin.encryption.BrokenSealException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of rows for which people may be asked to sign the same a second time: rows that another row
 * of the list, or one of the newest lists, repeats under another key, and rows with the key of an
 * open request.
 */
final class RepeatedRows {

  private static final Logger LOG = LoggerFactory.getLogger(RepeatedRows.class);

  private static final int NEWEST = 20;

  private final BulkStore store;
  private final BulkAccess access;
  private final BulkRequests requests;

  RepeatedRows(BulkStore store, BulkAccess access, BulkRequests requests) {
    this.store = store;
    this.access = access;
    this.requests = requests;
  }

  /** What is signed, by whom. */
  private record Content(String title, Set<String> signers, Set<String> documents) {

    static Content of(SealedRow row, List<SealedDocument> documents) {
      return new Content(
          String.valueOf(row.variables().get("title")),
          row.signers().collect(Collectors.toSet()),
          row.documents().stream()
              .map(place -> documents.get(place).sha256())
              .collect(Collectors.toSet()));
    }
  }

  /**
   * @param rows those that would be sent
   */
  List<ListError> warnings(NewBulk bulk, List<SealedRow> rows) {
    List<ListError> warnings = new ArrayList<>();
    Map<Content, SealedRow> wanted = new HashMap<>();
    for (SealedRow row : rows) {
      SealedRow same = wanted.putIfAbsent(Content.of(row, bulk.sealedDocuments()), row);
      if (same != null) {
        warnings.add(
            row.error(
                "title",
                "Row %s has the same title, signers and documents.".formatted(same.number())));
      }
    }
    if (access.maySee()) {
      ofOpenRequests(rows).forEach(warnings::add);
      for (HistoricProcessInstance list : store.newest(NEWEST)) {
        warnings.addAll(ofReadableList(list, wanted));
      }
    }
    warnings.sort(Comparator.comparing(ListError::row));
    return warnings;
  }

  private Stream<ListError> ofOpenRequests(List<SealedRow> rows) {
    Set<String> open = requests.open(rows.stream().map(SealedRow::key).toList());
    return rows.stream()
        .filter(row -> open.contains(row.key()))
        .map(row -> row.error("businessKey", "A request with this key is open."));
  }

  /** A list that this node cannot verify must not stop others from being sent. */
  private List<ListError> ofReadableList(
      HistoricProcessInstance list, Map<Content, SealedRow> wanted) {
    try {
      return ofList(list, wanted);
    } catch (BrokenSealException e) {
      LOG.warn(
          "[{}] A new list is not compared with this one, whose seal is broken or made with another secret",
          list.getId(),
          e);
      return List.of();
    }
  }

  private List<ListError> ofList(HistoricProcessInstance list, Map<Content, SealedRow> wanted) {
    List<ListError> warnings = new ArrayList<>();
    String id = list.getId();
    int sent = store.isCancelled(list) ? store.rowsStarted(id) : store.rows(id);
    for (int number = 1; sent > 0; number++) {
      SealedRows part = store.part(id, number);
      for (SealedRow former : part.rows().subList(0, Math.min(sent, part.rows().size()))) {
        SealedRow same = wanted.get(Content.of(former, part.documents()));
        if (same != null) {
          warnings.add(
              same.error(
                  "title",
                  "An earlier list has sent this as %s: the same title, signers and documents."
                      .formatted(former.key())));
        }
      }
      sent -= SealedRows.SIZE;
    }
    return warnings;
  }
}

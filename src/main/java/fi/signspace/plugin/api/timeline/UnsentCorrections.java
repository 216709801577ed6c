package fi.signspace.plugin.api.timeline;

import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.start.DocumentVariables;
import fi.signspace.plugin.api.view.RecordedSteps;
import fi.signspace.plugin.api.view.RequestQueries;
import fi.signspace.plugin.api.view.SealedRequests;
import fi.signspace.plugin.environment.DocumentReads;
import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.signing.input.FieldError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;

/**
 * Finds what a correction that was given up has left in the variables of a request. The form shows
 * it before the request is sent again; a caller who gives only some of the fields would send the
 * others unseen.
 */
public final class UnsentCorrections {

  private static final String DOCUMENTS = "documents";

  private final HistoryService history;
  private final RequestQueries queries;
  private final SealedRequests sealed;
  private final DocumentReads reads;
  private final EngineTransactions engine;
  private final DocumentVariables documents;
  private final Corrections corrections;

  UnsentCorrections(
      HistoryService history,
      RequestQueries queries,
      SealedRequests sealed,
      DocumentReads reads,
      EngineTransactions engine,
      DocumentVariables documents) {
    this.history = history;
    this.queries = queries;
    this.sealed = sealed;
    this.reads = reads;
    this.engine = engine;
    this.documents = documents;
    this.corrections = new Corrections(history);
  }

  /**
   * Returns the fields of a request that are not as they were sent; none before it was sent.
   *
   * @param given the fields that the caller gives, {@code documents} included
   */
  public List<FieldError> of(String id, Set<String> given) {
    HistoricProcessInstance instance = queries.instance(id);
    return instance.getEndTime() == null
        ? engine.withoutAuthorization(() -> of(instance, given))
        : List.of();
  }

  private List<FieldError> of(HistoricProcessInstance instance, Set<String> given) {
    Stream<String> options =
        new RecordedSteps(history, instance)
            .lastCompletedCreation().stream()
                .flatMap(creation -> corrections.since(creation).stream());
    Stream<String> documents =
        given.contains(DOCUMENTS) || areSent(instance) ? Stream.of() : Stream.of(DOCUMENTS);
    return Stream.concat(options, documents)
        .filter(field -> !given.contains(field))
        .map(
            field ->
                new FieldError(
                    field, "A correction that was not sent has changed this; give it again."))
        .toList();
  }

  /** Whether the process has exactly the documents that SignSpace has. */
  private boolean areSent(HistoricProcessInstance instance) {
    return sealed.state(instance).stream()
        .flatMap(state -> Stream.ofNullable(state.request()))
        .allMatch(request -> areSent(instance.getId(), request.documents()));
  }

  private boolean areSent(String id, List<SentDocument> sent) {
    List<String> names = sent.stream().map(SentDocument::variableName).toList();
    return names.containsAll(documents.names(id))
        && sent.stream().allMatch(document -> isSent(id, document));
  }

  private boolean isSent(String id, SentDocument document) {
    try {
      return reads
          .read(() -> documents.sha256(id, document.variableName()))
          .filter(document.sha256()::equals)
          .isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

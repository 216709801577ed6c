package fi.signspace.plugin.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.worker.Failures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.camunda.bpm.client.exception.RestException;
import org.camunda.bpm.client.task.ExternalTask;
import org.camunda.bpm.client.variable.ClientValues;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.ArgumentCaptor;

class SigningTaskTest {

  private static final String JSON = "[\"a\",\"b\"]";

  private final GivenTask given = new GivenTask();

  static Stream<Object> spellings() {
    return Stream.of(
        ClientValues.jsonValue(JSON),
        JSON,
        Variables.serializedObjectValue(JSON)
            .serializationDataFormat("application/json")
            .objectTypeName("java.util.ArrayList")
            .create());
  }

  static Stream<RestException> losses() {
    return Stream.of(Failures.badRequest(), Failures.notFound());
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void a_json_variable_is_read_as_json_as_text_and_as_a_serialized_object(Object value) {
    SigningTask task = given.with("fileIds", value).taken();

    assertThat(task.get(SigningVariables.FILE_IDS)).get().isEqualTo(new String[] {"a", "b"});
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void a_start_value_is_read_from_every_spelling_of_json_but_text_stays_text(Object value) {
    SigningTask task = given.with("title", value).taken();

    assertThat(task.startValues().get("title"))
        .isEqualTo(value instanceof String ? JSON : List.of("a", "b"));
  }

  @Test
  void in_another_process_every_result_is_written_since_a_parallel_step_may_have_changed_it() {
    given.with(SigningVariables.SIGNING_STATUS, "open");
    when(given.task.getProcessDefinitionKey()).thenReturn("own-process");

    given.taken().complete(new Outputs().put(SigningVariables.SIGNING_STATUS, "open"));

    verify(given.service).complete(given.task, Map.of("signingStatus", "open"));
  }

  @Test
  void an_empty_text_is_written_over_another_and_not_where_there_is_none() {
    SigningTask task = given.with("problem", "wrong").with("refusal", null).taken();

    task.complete(
        new Outputs()
            .put(SigningVariables.PROBLEM, "")
            .put(SigningVariables.REFUSAL, "")
            .put(SigningVariables.TOLERATED_STATUS, ""));

    verify(given.service).complete(given.task, Map.of("problem", ""));
  }

  @Test
  void a_result_replaces_a_variable_of_a_type_that_no_result_has() {
    given.with(
        "signingStatus",
        Variables.serializedObjectValue("\"open\"")
            .serializationDataFormat("application/json")
            .objectTypeName("java.lang.String")
            .create());

    given.taken().complete(new Outputs().put(SigningVariables.SIGNING_STATUS, "open"));

    verify(given.service).complete(given.task, Map.of("signingStatus", "open"));
  }

  @Test
  void a_variable_that_is_missing_or_null_is_absent() {
    SigningTask task = given.with("signingStatus", null).json("fileIds", "null").taken();

    assertThat(task.get(SigningVariables.SIGNING_STATUS)).isEmpty();
    assertThat(task.get(SigningVariables.FILE_IDS)).isEmpty();
    assertThat(task.get(SigningVariables.SIGNING_REQUEST_ID)).isEmpty();
  }

  @Test
  void a_variable_of_the_wrong_type_is_named_in_the_incident_without_its_value() {
    SigningTask task = given.with("signaturesCompleted", "many").taken();

    assertThatThrownBy(() -> task.get(SigningVariables.SIGNATURES_COMPLETED))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("signaturesCompleted")
        .hasMessageContaining("Integer")
        .hasMessageNotContaining("many");
  }

  @Test
  void json_of_another_shape_is_named_in_the_incident_without_its_content() {
    SigningTask task = given.json("fileIds", "{\"nin\": \"010101-123N\"}").taken();

    assertThatThrownBy(() -> task.get(SigningVariables.FILE_IDS))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("fileIds")
        .hasMessageNotContaining("010101");
  }

  @Test
  void unchanged_variables_of_signing_request_are_not_written_again() {
    SigningTask task =
        given
            .with("signingStatus", "open")
            .with("signaturesCompleted", 1)
            .with("refusal", null)
            .json("fileIds", JSON)
            .with("signaturesRequested", 1)
            .with("signedFileIds", JSON)
            .taken();

    task.complete(
        new Outputs()
            .put(SigningVariables.SIGNING_STATUS, "open")
            .put(SigningVariables.SIGNATURES_COMPLETED, 1)
            .put(SigningVariables.REFUSAL, null)
            .put(SigningVariables.FILE_IDS, new String[] {"a", "b"})
            .put(SigningVariables.SIGNATURES_REQUESTED, 2)
            .put(SigningVariables.SIGNED_FILE_IDS, new String[] {"a", "b"})
            .put(SigningVariables.DUE_AT, null));

    assertThat(given.completedWith())
        .as("a new value, and text that is to be JSON")
        .containsOnlyKeys("signaturesRequested", "signedFileIds");
  }

  @Test
  void a_variable_that_was_saved_in_between_is_written_even_if_it_has_its_original_value() {
    SigningTask task = given.with("signingState", "first").taken();

    task.saveVariables(new Outputs().put(SigningVariables.SIGNING_STATE, "second"));
    task.complete(new Outputs().put(SigningVariables.SIGNING_STATE, "first"));

    assertThat(given.completedWith()).containsEntry("signingState", "first");
  }

  @Test
  void an_output_mapping_can_read_every_result() {
    SigningTask task = given.with("refusal", "").withOutputMapping().taken();

    task.complete(new Outputs().put(SigningVariables.REFUSAL, ""));

    ArgumentCaptor<Map<String, Object>> results = ArgumentCaptor.captor();
    verify(given.service).complete(eq(given.task), eq(Map.of()), results.capture());
    assertThat(results.getValue()).containsEntry("refusal", "");
  }

  @Test
  void results_with_an_output_mapping_are_local_variables_of_the_step() {
    SigningTask task = given.withOutputMapping().taken();

    task.complete(new Outputs().put(SigningVariables.PROBLEM, ""));

    ArgumentCaptor<Map<String, Object>> results = ArgumentCaptor.captor();
    verify(given.service).complete(eq(given.task), eq(Map.of()), results.capture());
    assertThat(GivenTask.plain(results.getValue()))
        .containsEntry("problem", "")
        .containsEntry("refusal", null);
  }

  @Test
  void a_model_of_a_former_version_can_map_every_result_and_the_state_is_kept() {
    SigningTask task = given.withOutputMappingButNoState().taken();

    task.complete(new Outputs().put(SigningVariables.SIGNING_STATE, "sealed"));

    ArgumentCaptor<Map<String, Object>> results = ArgumentCaptor.captor();
    verify(given.service)
        .complete(eq(given.task), eq(Map.of("signingState", "sealed")), results.capture());
    assertThat(GivenTask.plain(results.getValue()))
        .containsEntry("signingPhase", null)
        .containsEntry("checkMemory", null)
        .containsEntry("creationStartedAt", null)
        .containsEntry("downloadedFileIds", null);
  }

  @Test
  void an_error_keeps_the_last_saved_state() {
    SigningTask task = given.with("signingState", "first").withOutputMapping().taken();

    task.raiseError("code", "words", new Outputs());
    task.saveVariables(new Outputs().put(SigningVariables.SIGNING_STATE, "second"));
    task.raiseError("code", "words", new Outputs());

    assertThat(given.savedInStep())
        .extracting(kept -> kept.get("signingState"))
        .containsExactly("first", "second", "second");
  }

  @Test
  void an_error_in_a_model_of_a_former_version_does_not_touch_the_state() {
    SigningTask task = given.with("signingState", "first").withOutputMappingButNoState().taken();

    task.raiseError("code", "words", new Outputs());

    assertThat(given.savedInStep())
        .singleElement()
        .satisfies(kept -> assertThat(kept).doesNotContainKey("signingState"));
    verify(given.service).handleBpmnError(given.task, "code", "words", Map.of());
  }

  @Test
  void a_document_is_a_variable_of_the_process_regardless_of_the_output_mapping() {
    Document signed = new Document("a.pdf", "application/pdf", new byte[] {'1'});

    given.withOutputMapping().taken().saveFile("signedDocument1", signed);

    assertThat(given.savedFiles()).containsExactly("signedDocument1 = a.pdf: 1");
  }

  @Test
  void a_document_is_not_saved_after_the_lock_was_lost() {
    Document signed = new Document("a.pdf", "application/pdf", new byte[] {'1'});
    doThrow(Failures.badRequest())
        .when(given.service)
        .extendLock(any(ExternalTask.class), anyLong());
    SigningTask task = given.lockedFor(Duration.ZERO).taken();

    assertThatThrownBy(() -> task.saveFile("signedDocument1", signed))
        .isInstanceOf(LockLostException.class);

    assertThat(given.savedFiles()).isEmpty();
  }

  @Test
  void an_error_of_a_step_that_maps_its_results_sets_no_variable_of_the_process() {
    SigningTask task = given.withOutputMapping().taken();

    task.raiseError("code", "words", new Outputs().put(SigningVariables.PROBLEM, "words"));

    verify(given.service).handleBpmnError(given.task, "code", "words", Map.of());
  }

  @Test
  void variables_are_saved_in_the_scope_of_the_results() {
    Outputs outputs = new Outputs().put(SigningVariables.PROBLEM, "kept");

    given.taken().saveVariables(outputs);
    given.withOutputMapping().taken().saveVariables(outputs);

    assertThat(given.saved()).containsExactly(Map.of("problem", "kept"));
    assertThat(given.savedInStep()).containsExactly(Map.of("problem", "kept"));
  }

  @Test
  void a_lock_that_holds_long_enough_is_not_extended() {
    given.lockedFor(Duration.ofSeconds(40)).taken().lock().ensureFor(Duration.ofSeconds(40));

    verifyNoInteractions(given.service);
  }

  @Test
  void a_lock_that_is_too_short_is_extended_once_for_the_required_time() {
    SigningTask task = given.lockedFor(Duration.ofSeconds(40)).taken();
    given.advance(Duration.ofMillis(1));

    task.lock().ensureFor(Duration.ofSeconds(40));
    task.lock().ensureFor(Duration.ofSeconds(40));

    verify(given.service, times(1)).extendLock(given.task, 40_000);
    assertThat(task.lock().isHeldFor(Duration.ofSeconds(40))).isTrue();
    assertThat(task.lock().isHeldFor(Duration.ofMillis(40_001))).isFalse();
  }

  @Test
  void concurrent_threads_extend_the_lock_of_a_task_one_after_the_other() throws Exception {
    SigningTask task = given.lockedFor(Duration.ZERO).taken();
    CountDownLatch both = new CountDownLatch(2);
    doAnswer(
            call -> {
              both.countDown();
              // gives the other thread time to interfere
              return both.await(200, TimeUnit.MILLISECONDS);
            })
        .when(given.service)
        .extendLock(any(ExternalTask.class), anyLong());
    ExecutorService threads = Executors.newFixedThreadPool(2);

    Runnable hold = () -> task.lock().ensureFor(Duration.ofSeconds(40));
    for (Future<?> done : List.of(threads.submit(hold), threads.submit(hold))) {
      done.get();
    }
    threads.shutdown();

    verify(given.service, times(1)).extendLock(given.task, 40_000);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void a_lock_that_the_engine_does_not_extend_is_lost(RestException response) {
    SigningTask task = given.lockedFor(Duration.ZERO).taken();
    doThrow(response).when(given.service).extendLock(any(ExternalTask.class), anyLong());

    assertThatThrownBy(() -> task.lock().ensureFor(Duration.ofSeconds(1)))
        .isInstanceOf(LockLostException.class);
  }

  @Test
  void report_variables_are_part_of_every_report_and_outputs_take_precedence() {
    SigningTask task = given.taken();
    task.putWithReport(SigningVariables.REFUSAL, "left");
    task.putWithReport(SigningVariables.PROBLEM, "left");

    task.complete(new Outputs().put(SigningVariables.PROBLEM, "put"));

    verify(given.service).complete(given.task, Map.of("refusal", "left", "problem", "put"));
  }
}

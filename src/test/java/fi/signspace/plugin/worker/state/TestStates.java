package fi.signspace.plugin.worker.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Binding;
import fi.signspace.plugin.process.SigningState.Creation;
import fi.signspace.plugin.process.SigningState.LastCheck;
import fi.signspace.plugin.process.SigningState.Participant;
import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.signing.Sha256;
import fi.signspace.plugin.worker.task.GivenTask;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The state of one signing request, at each stage of its life. */
public final class TestStates {

  public static final String API_URL = "https://signspace.example/api/v1";

  /** The binding of the request of a {@link GivenTask}. */
  static final Binding BINDING =
      new Binding(GivenTask.INSTANCE, API_URL, "", null, "1f3b6f0e-7c0a-4a52-8d7e-1a2b3c4d5e6f");

  public static final String STARTED_AT = "2026-03-01T11:59:00Z";

  private TestStates() {}

  public static SigningState fresh() {
    return SigningState.initial(BINDING);
  }

  public static SigningState uploaded(int documents) {
    return fresh().withPending(documents(documents), "upload:1", "upload");
  }

  /** It is unknown whether the request was created. */
  public static SigningState creating(int documents, Instant since) {
    return uploaded(documents).withCreation(creation(since.toString(), null));
  }

  /** SignSpace has the request, and it is open. */
  public static SigningState requested(int documents) {
    return requested(documents, null);
  }

  public static SigningState requested(int documents, @Nullable String dueAt) {
    return requested(States.ID, documents(documents), dueAt);
  }

  public static SigningState requested(
      String id, List<SentDocument> documents, @Nullable String dueAt) {
    SentRequest request =
        new SentRequest(
            id,
            creation(STARTED_AT, dueAt),
            States.CREATED.toString(),
            documents,
            STARTED_AT,
            List.of());
    return fresh().withRequest(request, lastCheck("open", 0, 0, 0));
  }

  /** The result of a status check. */
  public static LastCheck lastCheck(String status, int signatures, int unconfirmed, int unchanged) {
    return new LastCheck(
        status, "awaiting", STARTED_AT, signatures, unconfirmed, unchanged, null, false, null);
  }

  public static Creation creation(String startedAt, @Nullable String dueAt) {
    return new Creation(
        startedAt,
        GivenTask.ACTIVITY,
        "Contract",
        "robot@example.com",
        dueAt,
        List.of(new Participant("ann@example.com", "signer", null, null, null)),
        null);
  }

  public static List<SentDocument> documents(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(TestStates::document).toList();
  }

  /** The document in the variable of this number, uploaded as {@code file-1} and so on. */
  public static SentDocument document(int number) {
    return sent(number, number + ".pdf", content(number));
  }

  public static SentDocument sent(int number, String fileName, String content) {
    byte[] bytes = content.getBytes(UTF_8);
    return new SentDocument(
        "document" + number, fileName, bytes.length, Sha256.of(bytes), "file-" + number);
  }

  /** What {@link #document} contains. */
  public static String content(int number) {
    return "%PDF-1.7 document " + number + ".\n%%EOF";
  }
}

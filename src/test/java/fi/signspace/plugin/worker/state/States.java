package fi.signspace.plugin.worker.state;

import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SigningStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Responses of SignSpace. */
public final class States {

  public static final String ID = "request-1";
  public static final Instant CREATED = Instant.parse("2026-03-01T11:59:00Z");

  private States() {}

  public static RequestState of(String id, SigningStatus status, List<String> fileIds) {
    return state(id, status, fileIds, List.of(), 0);
  }

  public static RequestState titled(String id, List<String> fileIds, @Nullable String title) {
    return open(id, fileIds, title, CREATED);
  }

  public static RequestState createdAt(String id, List<String> fileIds, Instant createdAt) {
    return open(id, fileIds, null, createdAt);
  }

  private static RequestState open(
      String id, List<String> fileIds, @Nullable String title, Instant createdAt) {
    RequestState state = of(id, SigningStatus.OPEN, fileIds);
    return new RequestState(
        state.id(),
        state.status(),
        state.statusText(),
        title,
        state.fileIds(),
        state.signedFileIds(),
        state.signaturesRequested(),
        state.signaturesCompleted(),
        state.signatures(),
        List.of(),
        state.url(),
        createdAt);
  }

  public static RequestState of(SigningStatus status) {
    return of(ID, status, List.of("file-1"));
  }

  public static RequestState signed(int signatures) {
    return state(ID, SigningStatus.IN_PROGRESS, List.of("file-1"), List.of(), signatures);
  }

  public static RequestState signedAt(Instant time) {
    return state(ID, SigningStatus.IN_PROGRESS, List.of("file-1"), List.of(), 1, time);
  }

  public static RequestState complete(String... signedFileIds) {
    return complete(List.of("file-1"), List.of(signedFileIds));
  }

  public static RequestState complete(List<String> fileIds, List<String> signedFileIds) {
    return complete(fileIds, signedFileIds, CREATED);
  }

  public static RequestState complete(
      List<String> fileIds, List<String> signedFileIds, Instant signedAt) {
    return state(ID, SigningStatus.COMPLETE, fileIds, signedFileIds, 2, signedAt);
  }

  private static RequestState state(
      String id,
      SigningStatus status,
      List<String> fileIds,
      List<String> signedFileIds,
      int signatures) {
    return state(id, status, fileIds, signedFileIds, signatures, CREATED);
  }

  private static RequestState state(
      String id,
      SigningStatus status,
      List<String> fileIds,
      List<String> signedFileIds,
      int signatures,
      Instant signedAt) {
    return new RequestState(
        id,
        status,
        status.text(),
        "Contract",
        fileIds,
        signedFileIds,
        2,
        signatures,
        List.of(new RequestState.Signature("ann@example.com", signedAt)),
        List.of(),
        "https://signspace.example/" + id,
        CREATED);
  }
}

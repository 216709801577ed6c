package fi.signspace.plugin.signspace;

import feign.FeignException;
import feign.Response;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SigningRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The port to SignSpace over its HTTP API. */
final class FeignSignSpace implements SignSpace {

  /** As many ids go into one address without making it too long for anybody on the way. */
  private static final int IDS_PER_CALL = 100;

  private final Supplier<SignSpaceApi> api;
  private final AccessTokens tokens;
  private final Failures failures;
  private final Downloads downloads;
  private final SignSpaceProperties properties;

  FeignSignSpace(
      Supplier<SignSpaceApi> api,
      AccessTokens tokens,
      Failures failures,
      SignSpaceProperties properties) {
    this.api = api;
    this.tokens = tokens;
    this.failures = failures;
    this.downloads = new Downloads(failures);
    this.properties = properties;
  }

  @Override
  public String uploadDocument(String actingHandle, Document document, int importanceOrder) {
    String what = "Uploading “%s”".formatted(document.name());
    Wire.FileCreate file =
        new Wire.FileCreate(actingHandle, document.name(), document.content(), importanceOrder);
    return call(what, longestTransfer(), token -> Answers.id(api.get().createFile(token, file)))
        .orElseThrow(() -> notUnderstood(what, null));
  }

  @Override
  public RequestState createSigningRequest(SigningRequest request, List<String> fileIds) {
    String what = "Creating the signing request";
    Wire.SigningRequestCreate payload = Wire.SigningRequestCreate.of(request, fileIds);
    return call(
            what,
            longestCall(),
            token -> Answers.onlyRequest(api.get().createSigningRequest(token, payload)))
        .orElseThrow(() -> notUnderstood(what, null));
  }

  @Override
  public List<RequestState> getRequests(Collection<String> requestIds) {
    List<String> ids = List.copyOf(requestIds);
    List<RequestState> states = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += IDS_PER_CALL) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + IDS_PER_CALL));
      states.addAll(
          read(
              "Asking for the status", token -> Answers.requests(api.get().getTasks(token, some))));
    }
    return states;
  }

  @Override
  public List<RequestState> listRequests(int limit) {
    return read(
        "Listing the signing requests",
        token -> Answers.requests(api.get().listTasks(token, limit)));
  }

  @Override
  public Document downloadDocument(String fileId) {
    String what = "Downloading the signed file " + fileId;
    return call(
        what,
        longestTransfer(),
        token -> {
          try (Response response = api.get().downloadFile(token, fileId)) {
            return downloads.read(what, response);
          }
        });
  }

  @Override
  public void cancelRequest(String actingHandle, String requestId) {
    act(
        "Cancelling the signing request " + requestId,
        token -> api.get().cancelTask(token, new Wire.TaskAction(actingHandle, requestId)));
  }

  @Override
  public void reopenRequest(String actingHandle, String requestId) {
    act(
        "Re-opening the signing request " + requestId,
        token -> api.get().openTask(token, new Wire.TaskAction(actingHandle, requestId)));
  }

  @Override
  public void replaceDocuments(String actingHandle, String requestId, List<String> fileIds) {
    act(
        "Replacing the documents of the signing request " + requestId,
        token ->
            api.get()
                .updateSigningRequest(
                    token, new Wire.SigningRequestUpdate(actingHandle, requestId, fileIds)));
  }

  @Override
  public String defaultActingHandle() {
    return properties.actingHandle();
  }

  /**
   * Connecting, the longest silence, and as much again for a token and for answers that drip in.
   */
  @Override
  public Duration longestCall() {
    return properties.connectTimeout().plus(properties.readTimeout()).plus(Duration.ofSeconds(10));
  }

  @Override
  public Duration longestTransfer() {
    return properties.transferTimeout();
  }

  @Override
  public Duration pause() {
    return Duration.ZERO;
  }

  private void act(String what, java.util.function.Consumer<String> operation) {
    call(
        what,
        longestCall(),
        token -> {
          operation.accept(token);
          return true;
        });
  }

  /** A mere question may be asked again, whatever became of it. */
  private <T> T read(String what, Function<String, T> operation) {
    try {
      return call(what, longestCall(), operation);
    } catch (SignSpaceException e) {
      if (e.kind() == SignSpaceException.Kind.CANNOT_HEAL && e.isOutcomeUnknown()) {
        throw SignSpaceException.notDone(String.valueOf(e.getMessage()), null, e);
      }
      throw e;
    }
  }

  /**
   * Makes a call, and once more with a new token if SignSpace did not accept the one we thought
   * good.
   */
  private <T> T call(String what, Duration time, Function<String, T> operation) {
    return CallDeadline.within(
        time,
        () -> {
          String token = tokens.get();
          try {
            return attempt(what, () -> operation.apply(token));
          } catch (AnswerException e) {
            if (e.status() != 401) {
              throw failures.ofAnswer(what, e);
            }
            tokens.discard(token);
            return withNewToken(what, operation);
          }
        });
  }

  private <T> T withNewToken(String what, Function<String, T> operation) {
    String token = tokens.get();
    try {
      return attempt(what, () -> operation.apply(token));
    } catch (AnswerException e) {
      throw failures.ofAnswer(what, e);
    }
  }

  private <T> T attempt(String what, Supplier<T> operation) {
    try {
      return operation.get();
    } catch (FeignException e) {
      if (e.getCause() instanceof IOException cut) {
        throw failures.ofConnection(what, cut);
      }
      throw notUnderstood(what, e);
    }
  }

  private static SignSpaceException notUnderstood(
      String what, @org.jspecify.annotations.Nullable Throwable cause) {
    return SignSpaceException.answerNotUnderstood(
        what
            + " brought an answer that cannot be understood: is signspace.api-url right, or a proxy in between? Then retry.",
        cause);
  }
}

package fi.signspace.plugin.signspace;

import fi.signspace.plugin.http.HttpAddress;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.Participant;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SigningRequest;
import fi.signspace.plugin.signspace.SignSpaceApi.TaskPayload;
import fi.signspace.plugin.signspace.guard.CallGuard;
import fi.signspace.plugin.signspace.http.CallDeadlines;
import fi.signspace.plugin.signspace.http.CallDeadlines.BoundedCall;
import fi.signspace.plugin.signspace.http.FilePayload;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.util.StringUtils;

/** SignSpace over HTTP. Thread-safe. */
final class SignSpaceClient implements SignSpace, AutoCloseable {

  /** All URLs of a sandbox count as the same installation. */
  private static final String SANDBOX = "/sandbox/api/v1";

  private final SignSpaceApi api;
  private final SignSpaceProperties properties;
  private final CallDeadlines calls;
  private final FailureTranslator failures;
  private final ObservedCalls observed;
  private final Closeable connections;

  SignSpaceClient(
      SignSpaceApi api,
      SignSpaceProperties properties,
      CallDeadlines calls,
      FailureTranslator failures,
      ObservedCalls observed,
      Closeable connections) {
    this.api = api;
    this.properties = properties;
    this.calls = calls;
    this.failures = failures;
    this.observed = observed;
    this.connections = connections;
  }

  @Override
  public String uploadDocument(String actingHandle, Document document, int importanceOrder) {
    return call(
        Operation.changing("files.create", "Uploading document " + document.name()),
        properties.transferTimeout(),
        () ->
            ResponseParser.createdFile(
                api.createFile(new FilePayload(actingHandle, importanceOrder, document))));
  }

  @Override
  public RequestState createSigningRequest(SigningRequest request, List<String> fileIds) {
    return call(
        Operation.changing(
                "tasks.signingRequest.create", "Creating signing request " + request.title())
            .withSecrets(personalCodes(request)),
        properties.longestCall(),
        () ->
            ResponseParser.createdRequest(
                api.createSigningRequest(SigningRequestPayload.of(request, fileIds))));
  }

  /** Makes one call regardless of the number of ids; the caller splits them. */
  @Override
  public List<RequestState> getRequests(Collection<String> requestIds) {
    List<String> ids = requestIds.stream().distinct().toList();
    if (ids.isEmpty()) {
      return List.of();
    }
    return call(
        Operation.reading("tasks.get", "Reading signing request " + shortened(ids)),
        properties.longestCall(),
        () -> ResponseParser.requests(api.getTasks(ids)));
  }

  @Override
  public List<RequestState> listRequests(int limit) {
    return call(
        Operation.reading("tasks.list", "Listing signing requests"),
        properties.longestCall(),
        () -> ResponseParser.requests(api.listTasks(limit)));
  }

  @Override
  public Document downloadDocument(String fileId) {
    return call(
        Operation.reading("files.download", "Downloading file " + fileId),
        properties.transferTimeout(),
        () -> api.downloadFile(fileId));
  }

  @Override
  public void cancelRequest(String actingHandle, String requestId) {
    call(
        Operation.changing("tasks.cancel", "Cancelling signing request " + requestId),
        properties.longestCall(),
        () -> api.cancel(new TaskPayload(actingHandle, requestId, null)));
  }

  @Override
  public void reopenRequest(String actingHandle, String requestId) {
    call(
        Operation.changing("tasks.open", "Re-opening signing request " + requestId),
        properties.longestCall(),
        () -> api.open(new TaskPayload(actingHandle, requestId, null)));
  }

  @Override
  public void replaceDocuments(String actingHandle, String requestId, List<String> fileIds) {
    call(
        Operation.changing(
            "tasks.signingRequest.update", "Replacing the files of signing request " + requestId),
        properties.longestCall(),
        () -> api.updateFiles(new TaskPayload(actingHandle, requestId, fileIds)));
  }

  @Override
  public String apiUrl() {
    HttpAddress url = properties.apiUrl();
    String address = url == null ? SANDBOX : StringUtils.trimTrailingCharacter(url.toString(), '/');
    return address.endsWith(SANDBOX) ? "sandbox" : address;
  }

  @Override
  public String defaultActingHandle() {
    return properties.actingHandle();
  }

  @Override
  public Duration longestCall() {
    return properties.longestCall();
  }

  /** Always zero: {@link CallGuard} implements pauses. */
  @Override
  public Duration pause() {
    return Duration.ZERO;
  }

  private <T> T call(Operation operation, Duration limit, Exchange<T> exchange) {
    return observed.observe(operation, () -> bounded(operation, limit, exchange));
  }

  private <T> T bounded(Operation operation, Duration limit, Exchange<T> exchange) {
    try (BoundedCall call = calls.begin(limit)) {
      try {
        return exchange.run();
      } catch (IOException | RuntimeException e) {
        throw failures.of(operation, e, call);
      }
    }
  }

  private static String shortened(List<String> ids) {
    return ids.size() <= 3
        ? String.join(", ", ids)
        : ids.get(0) + " and " + (ids.size() - 1) + " others";
  }

  /** The codes as sent, and without the century sign. */
  private static List<String> personalCodes(SigningRequest request) {
    return request.participants().stream()
        .map(Participant::nin)
        .filter(Objects::nonNull)
        .flatMap(nin -> Stream.of(nin, withoutCenturySign(nin)))
        .toList();
  }

  private static String withoutCenturySign(String nin) {
    return nin.length() > 7 ? nin.substring(0, 6) + nin.substring(7) : nin;
  }

  @Override
  public void close() throws IOException {
    calls.close();
    connections.close();
  }

  /** The HTTP exchanges of a call, including response parsing. */
  private interface Exchange<T> {
    T run() throws IOException;
  }
}

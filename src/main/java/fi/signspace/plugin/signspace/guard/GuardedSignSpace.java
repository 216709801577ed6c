package fi.signspace.plugin.signspace.guard;

import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SigningRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Runs every call to SignSpace through a {@link CallGuard}. */
public final class GuardedSignSpace implements SignSpace {

  private final SignSpace signSpace;
  private final CallGuard callGuard;

  public GuardedSignSpace(SignSpace signSpace, CallGuard callGuard) {
    this.signSpace = signSpace;
    this.callGuard = callGuard;
  }

  @Override
  public String uploadDocument(String actingHandle, Document document, int importanceOrder) {
    return callGuard.call(
        document.name() + " " + document.content().length,
        () -> signSpace.uploadDocument(actingHandle, document, importanceOrder));
  }

  @Override
  public RequestState createSigningRequest(SigningRequest request, List<String> fileIds) {
    return callGuard.call(
        String.join(" ", fileIds), () -> signSpace.createSigningRequest(request, fileIds));
  }

  /** 100 ids of 24 characters make a URL of about 3,000 characters, which every proxy accepts. */
  @Override
  public List<RequestState> getRequests(Collection<String> requestIds) {
    List<String> ids = requestIds.stream().distinct().toList();
    List<RequestState> requests = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += MAX_IDS) {
      List<String> part = ids.subList(from, Math.min(from + MAX_IDS, ids.size()));
      String subject = part.size() == 1 ? part.get(0) : "";
      requests.addAll(callGuard.call(subject, () -> signSpace.getRequests(part)));
    }
    return requests;
  }

  @Override
  public List<RequestState> listRequests(int limit) {
    return callGuard.call(() -> signSpace.listRequests(limit));
  }

  @Override
  public Document downloadDocument(String fileId) {
    return callGuard.call(fileId, () -> signSpace.downloadDocument(fileId));
  }

  @Override
  public void cancelRequest(String actingHandle, String requestId) {
    run(requestId, () -> signSpace.cancelRequest(actingHandle, requestId));
  }

  @Override
  public void reopenRequest(String actingHandle, String requestId) {
    run(requestId, () -> signSpace.reopenRequest(actingHandle, requestId));
  }

  @Override
  public void replaceDocuments(String actingHandle, String requestId, List<String> fileIds) {
    run(requestId, () -> signSpace.replaceDocuments(actingHandle, requestId, fileIds));
  }

  @Override
  public String apiUrl() {
    return signSpace.apiUrl();
  }

  @Override
  public String defaultActingHandle() {
    return signSpace.defaultActingHandle();
  }

  @Override
  public Duration longestCall() {
    return signSpace.longestCall().plus(CallGuard.MAX_QUEUE);
  }

  @Override
  public Duration pause() {
    return callGuard.pause();
  }

  private void run(String subject, Runnable call) {
    Supplier<Boolean> supplier =
        () -> {
          call.run();
          return true;
        };
    callGuard.call(subject, supplier);
  }
}

package fi.signspace.plugin.signing;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The port to SignSpace, in terms of the domain. Every method throws {@link SignSpaceException},
 * and nothing else, if the call fails. No method retries.
 */
public interface SignSpace {

  /** The maximum number of ids in one call. */
  int MAX_IDS = 100;

  /**
   * Stores a document in SignSpace (guide, "Create File(s)").
   *
   * @param importanceOrder signatories see documents in descending order
   * @return the id of the new file
   */
  String uploadDocument(String actingHandle, Document document, int importanceOrder);

  /**
   * Creates a signing request and sends its invitations (guide, "Create Signing Request"). Not
   * idempotent: two calls create two requests.
   */
  RequestState createSigningRequest(SigningRequest request, List<String> fileIds);

  /**
   * Returns signing requests (guide, "tasks.get"), {@link #MAX_IDS} per call.
   *
   * @return the state of every known request, in any order; unknown ids are absent
   */
  List<RequestState> getRequests(Collection<String> requestIds);

  /**
   * Lists signing requests of any status, in no guaranteed order (guide, "tasks.list").
   *
   * @param limit the maximum number to return; if it is reached, there may be more
   */
  List<RequestState> listRequests(int limit);

  /** Downloads and verifies one file (guide, "files.download"). */
  Document downloadDocument(String fileId);

  /** Cancels a signing request (guide, "Cancel Signing Request"). */
  void cancelRequest(String actingHandle, String requestId);

  /** Re-opens a cancelled or held signing request (guide, "Re-open Signing Request"). */
  void reopenRequest(String actingHandle, String requestId);

  /** Replaces the list of files of a signing request (guide, "Edit Files of a Signing Request"). */
  void replaceDocuments(String actingHandle, String requestId, List<String> fileIds);

  /** Returns the URL of the API without a trailing slash, or {@code sandbox}. */
  String apiUrl();

  /** Returns the acting handle used unless a process sets one. */
  String defaultActingHandle();

  /** Returns the maximum duration of a call; calls that transfer a document may take longer. */
  Duration longestCall();

  /**
   * Returns how long calls are paused, because SignSpace requested it ({@code Retry-After}) or is
   * failing; zero if they are not. Calls during a pause fail immediately.
   */
  Duration pause();
}

package fi.signspace.plugin.signing;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The port to SignSpace: what the product needs of it, in the words of the domain. Every method
 * throws {@link SignSpaceException}, and nothing else, when the call did not bring what was asked.
 * No method repeats a call by itself.
 */
public interface SignSpace {

  /** The most requests that one call asks about. */
  int MAX_IDS = 100;

  /**
   * Stores a document in SignSpace (guide, "Create File(s)").
   *
   * @param importanceOrder the higher, the earlier the document is shown to signatories
   * @return the id of the new file
   */
  String uploadDocument(String actingHandle, Document document, int importanceOrder);

  /**
   * Creates a signing request and sends its invitations (guide, "Create Signing Request"). Never
   * repeat-safe: a request that is sent twice is two requests.
   */
  RequestState createSigningRequest(SigningRequest request, List<String> fileIds);

  /**
   * Looks at signing requests (guide, "tasks.get"), {@link #MAX_IDS} with one call.
   *
   * @return the state of every request that SignSpace knows, in any order; unknown ids are absent
   */
  List<RequestState> getRequests(Collection<String> requestIds);

  /**
   * Lists signing requests of any status, in no promised order (guide, "tasks.list").
   *
   * @param limit the most to return; as many in the answer means that there may be more
   */
  List<RequestState> listRequests(int limit);

  /** Downloads one file, whole and checked (guide, "files.download"). */
  Document downloadDocument(String fileId);

  /** Cancels a signing request (guide, "Cancel Signing Request"). */
  void cancelRequest(String actingHandle, String requestId);

  /** Re-opens a cancelled or held signing request (guide, "Re-open Signing Request"). */
  void reopenRequest(String actingHandle, String requestId);

  /**
   * Sets the whole new list of files of a signing request (guide, "Edit Files of a Signing
   * Request").
   */
  void replaceDocuments(String actingHandle, String requestId, List<String> fileIds);

  /** Where it is: the URL of its API without a slash at the end, or {@code sandbox}. */
  String apiUrl();

  /** Who acts unless a process says otherwise. */
  String defaultActingHandle();

  /**
   * The longest time from the start of a call until its result or its failure is known here; a call
   * that carries a document may take longer.
   */
  Duration longestCall();

  /**
   * How long SignSpace is to be left in peace: it asked for it ({@code Retry-After}), or it is
   * failing. Calls made before fail at once; zero when it may be called.
   */
  Duration pause();
}

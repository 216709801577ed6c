package fi.signspace.plugin.api.call;

import fi.signspace.plugin.signing.input.RequestValidator;
import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A client error response: its status, title and detail. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String title;

  public ProblemException(HttpStatus status, String title, String detail) {
    super(detail);
    this.status = status;
    this.title = title;
  }

  /** Also used for what the caller may not see, so as not to reveal whether it exists. */
  public static ProblemException notFound(String id) {
    return new ProblemException(
        HttpStatus.NOT_FOUND,
        "No such signing request",
        "There is no signing request %s that you may see."
            .formatted(PersonalIdentityCode.masked(id)));
  }

  public static ProblemException noSignedDocument(int number) {
    return new ProblemException(
        HttpStatus.NOT_FOUND,
        "No such signed document",
        "The request has no signed document %s; signedDocuments lists them once the request is signed."
            .formatted(number));
  }

  public static ProblemException noEvidence() {
    return new ProblemException(
        HttpStatus.NOT_FOUND,
        "No evidence",
        "The request has no evidence; it is available once the request is signed.");
  }

  /**
   * @param what the suspended thing, as the beginning of a sentence
   */
  public static ProblemException suspended(String what) {
    return new ProblemException(
        HttpStatus.CONFLICT,
        "Suspended",
        what + " is suspended; try again after an administrator has activated it in Cockpit.");
  }

  /** For what the state of a request or a list does not allow. */
  public static ProblemException notPossible(String reason) {
    return new ProblemException(HttpStatus.CONFLICT, "Not possible now", reason);
  }

  public static ProblemException notPossible(String status, String action) {
    return notPossible("%2$s is not possible while the request is %1$s.".formatted(status, action));
  }

  public static ProblemException notDeployed(@Nullable String tenant) {
    return new ProblemException(
        HttpStatus.CONFLICT,
        "Not deployed",
        tenant == null
            ? "The process signing-request is not deployed without a tenant; name the tenant in tenantId."
            : "The process signing-request is not deployed for the tenant %s.".formatted(tenant));
  }

  public static ProblemException otherTenant(String tenant) {
    return new ProblemException(
        HttpStatus.FORBIDDEN,
        "Not permitted",
        "You do not belong to the tenant %s.".formatted(tenant));
  }

  public static ProblemException notPermitted() {
    return new ProblemException(
        HttpStatus.FORBIDDEN, "Not permitted", "You may see this request, but not act on it.");
  }

  public static ProblemException tooManyDocuments() {
    return new ProblemException(
        HttpStatus.PAYLOAD_TOO_LARGE,
        "Too many documents",
        "A request may have at most %s documents.".formatted(RequestValidator.MAX_DOCUMENTS));
  }

  public HttpStatus status() {
    return status;
  }

  public String title() {
    return title;
  }
}

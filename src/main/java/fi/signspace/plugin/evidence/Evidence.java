package fi.signspace.plugin.evidence;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The content of evidence, version first. A null that is marked {@link NotTold} is written as
 * {@code "not told"}; evidence never contains personal identity codes.
 *
 * @param issuedAt when it was signed
 */
public record Evidence(
    int version,
    Instance instance,
    Request request,
    List<Participant> participants,
    List<SentDocument> documentsSent,
    Signatures signatures,
    List<SignedDocument> documentsSigned,
    Times signSpace,
    @NotTold @Nullable EngineRecord engine,
    Instant issuedAt) {

  /** The current format. */
  public static final int VERSION = 1;

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * @throws IllegalArgumentException if it covers no signed document, or one of them twice
   */
  public Evidence {
    if (version != VERSION) {
      throw new IllegalArgumentException("Evidence version %s is not supported".formatted(version));
    }
    Objects.requireNonNull(instance, "instance");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(signatures, "signatures");
    Objects.requireNonNull(signSpace, "signSpace");
    Objects.requireNonNull(issuedAt, "issuedAt");
    participants = List.copyOf(participants);
    documentsSent = List.copyOf(documentsSent);
    documentsSigned = List.copyOf(documentsSigned);
    if (documentsSigned.isEmpty()) {
      throw new IllegalArgumentException("Evidence covers at least one signed document");
    }
    Set<String> variables = new HashSet<>();
    for (SignedDocument document : documentsSigned) {
      if (!variables.add(document.variable())) {
        throw new IllegalArgumentException(
            "Evidence covers the variable %s twice".formatted(document.variable()));
      }
    }
  }

  /** Creates evidence in the current format. */
  public Evidence(
      Instance instance,
      Request request,
      List<Participant> participants,
      List<SentDocument> documentsSent,
      Signatures signatures,
      List<SignedDocument> documentsSigned,
      Times signSpace,
      @Nullable EngineRecord engine,
      Instant issuedAt) {
    this(
        VERSION,
        instance,
        request,
        participants,
        documentsSent,
        signatures,
        documentsSigned,
        signSpace,
        engine,
        issuedAt);
  }

  /**
   * The process instance.
   *
   * @param definitionId the id of its process definition
   * @param businessKey null if it has none
   * @param requestName distinguishes the requests of one instance; empty unless its model names
   *     them
   */
  public record Instance(
      String id, String definitionId, @Nullable String businessKey, String requestName) {

    public Instance {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(definitionId, "definitionId");
      Objects.requireNonNull(requestName, "requestName");
    }
  }

  /**
   * The signing request in SignSpace.
   *
   * @param apiUrl the URL of the SignSpace API in which the ids are valid
   * @param formerIds the ids of requests that were cancelled and replaced by this one
   * @param actingHandle the handle under which it was created
   */
  public record Request(
      String apiUrl, String id, List<String> formerIds, String title, String actingHandle) {

    public Request {
      Objects.requireNonNull(apiUrl, "apiUrl");
      Objects.requireNonNull(id, "id");
      formerIds = List.copyOf(formerIds);
      Objects.requireNonNull(title, "title");
      Objects.requireNonNull(actingHandle, "actingHandle");
    }
  }

  /** A person to whom the request was sent. */
  public record Participant(String handle, String role, @Nullable String displayName) {

    public Participant {
      Objects.requireNonNull(handle, "handle");
      Objects.requireNonNull(role, "role");
    }
  }

  /**
   * A document that was uploaded to SignSpace.
   *
   * @param size in bytes
   * @param sha256 of its bytes, in hex
   * @param replacedAt when another document replaced it; null if none did
   */
  public record SentDocument(
      String variable,
      String fileName,
      long size,
      String sha256,
      String fileId,
      @Nullable Instant replacedAt) {

    public SentDocument {
      Objects.requireNonNull(variable, "variable");
      Objects.requireNonNull(fileName, "fileName");
      requireSha256(sha256);
      Objects.requireNonNull(fileId, "fileId");
    }
  }

  /**
   * The signatures as reported by SignSpace.
   *
   * @param requested the number of required signatures
   * @param completed the number of signatures given
   */
  public record Signatures(
      @NotTold @Nullable List<Signature> given,
      @NotTold @Nullable Integer requested,
      @NotTold @Nullable Integer completed) {

    public Signatures {
      given = given == null ? null : List.copyOf(given);
    }
  }

  /**
   * One signature.
   *
   * @param documentsReplacedAt when documents were replaced after this signature, so that it
   *     applies to the former ones; null if none were
   */
  public record Signature(
      @NotTold @Nullable String signedBy,
      @NotTold @Nullable Instant signedAt,
      @Nullable Instant documentsReplacedAt) {}

  /**
   * A document that SignSpace returned.
   *
   * @param variable the File variable that holds it
   * @param size in bytes
   * @param sha256 of its bytes, in hex
   * @param signedFileId SignSpace's id of it
   * @param sentFileId the {@code fileId} of the document that was signed, if SignSpace reports it
   */
  public record SignedDocument(
      String variable,
      String fileName,
      String mediaType,
      long size,
      String sha256,
      String signedFileId,
      @NotTold @Nullable String sentFileId) {

    public SignedDocument {
      Objects.requireNonNull(variable, "variable");
      Objects.requireNonNull(fileName, "fileName");
      Objects.requireNonNull(mediaType, "mediaType");
      requireSha256(sha256);
      Objects.requireNonNull(signedFileId, "signedFileId");
    }
  }

  /**
   * Times from SignSpace and from this product.
   *
   * @param checkedAt when SignSpace reported that the request is complete
   */
  public record Times(@NotTold @Nullable Instant createdAt, Instant checkedAt) {

    public Times {
      Objects.requireNonNull(checkedAt, "checkedAt");
    }
  }

  /** What the engine has recorded about the instance. */
  public record EngineRecord(
      Instant startedAt, @NotTold @Nullable String startedBy, List<Decision> decisions) {

    public EngineRecord {
      Objects.requireNonNull(startedAt, "startedAt");
      decisions = List.copyOf(decisions);
    }
  }

  /**
   * A user task that was completed.
   *
   * @param task the id of the task in the model
   */
  public record Decision(Instant at, @NotTold @Nullable String by, String task) {

    public Decision {
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(task, "task");
    }
  }

  private static void requireSha256(String text) {
    if (!SHA_256.matcher(text).matches()) {
      throw new IllegalArgumentException("“%s” is not a SHA-256 in hex".formatted(text));
    }
  }
}

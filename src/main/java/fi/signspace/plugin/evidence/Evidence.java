package fi.signspace.plugin.evidence;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What evidence says, version first. A null that is marked {@link NotTold} is written as {@code
 * "not told"}; personal identity codes have no place in it.
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

  /** Of this form. */
  public static final int VERSION = 1;

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * @throws IllegalArgumentException if it covers no signed document, or one of them twice
   */
  public Evidence {
    if (version != VERSION) {
      throw new IllegalArgumentException("Evidence of version %s is not known".formatted(version));
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

  /** Evidence of the form that is current. */
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
   * @param definitionId of the process definition that it was an instance of
   * @param businessKey null if it has none
   * @param requestName tells the requests of one instance apart; empty unless its model names them
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
   * @param apiUrl the SignSpace API in which the ids are valid
   * @param formerIds requests that were cancelled and replaced by this one
   * @param actingHandle as whom it was created
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

  /** A person that the request was sent to. */
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
   * @param replacedAt when another document took its place, null if none did
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
   * The signatures, as SignSpace tells of them.
   *
   * @param requested how many were asked for
   * @param completed how many were given
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
   * @param documentsReplacedAt when documents were replaced after it, so that it was given to the
   *     former ones; null if none were
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
   * @param sentFileId the {@code fileId} of the document that was signed, if SignSpace identifies
   *     it
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
   * SignSpace's time, and ours.
   *
   * @param checkedAt when SignSpace's response said that the request is complete
   */
  public record Times(@NotTold @Nullable Instant createdAt, Instant checkedAt) {

    public Times {
      Objects.requireNonNull(checkedAt, "checkedAt");
    }
  }

  /** What the engine recorded of the instance. */
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
   * @param task its id in the model
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

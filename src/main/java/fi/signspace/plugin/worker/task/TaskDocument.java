package fi.signspace.plugin.worker.task;

import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.DocumentMetadata;
import fi.signspace.plugin.signing.FileType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.function.Supplier;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.jspecify.annotations.Nullable;

/**
 * A File variable that is to be signed. A small one is read once and kept; a large one is only
 * measured at first, and read again by whoever loads it.
 */
public final class TaskDocument {

  private final String variableName;
  private final String fileName;
  private final String mimeType;
  private final Supplier<InputStream> source;
  private byte @Nullable [] kept;
  private @Nullable DocumentMetadata facts;
  private String sha256 = "";

  /**
   * @param fileName "" if it has none
   * @param source gives the bytes, as often as it is asked
   */
  TaskDocument(
      String variableName, String fileName, String mimeType, Supplier<InputStream> source) {
    this.variableName = variableName;
    this.fileName = fileName;
    this.mimeType = mimeType;
    this.source = source;
  }

  public String variableName() {
    return variableName;
  }

  public String fileName() {
    return fileName;
  }

  /** Reads the document through, once, without holding more of it than a small one has. */
  public DocumentMetadata facts() {
    if (facts == null) {
      facts = measured();
    }
    return facts;
  }

  private DocumentMetadata measured() {
    if (!DocumentMetadata.isReadable(fileName, mimeType)) {
      return DocumentMetadata.unread(variableName, fileName, mimeType);
    }
    MessageDigest digest = Sha256.digest();
    try (InputStream content = new DigestInputStream(source.get(), digest)) {
      byte[] beginning = content.readNBytes(LargeDocumentLimiter.FROM);
      long size = beginning.length + content.transferTo(OutputStream.nullOutputStream());
      kept = beginning.length < LargeDocumentLimiter.FROM ? beginning : null;
      sha256 = Sha256.hex(digest);
      return new DocumentMetadata(variableName, fileName, mimeType, size, FileType.of(beginning));
    } catch (IOException e) {
      throw notRead(e);
    }
  }

  /** In bytes. */
  public long size() {
    return facts().size();
  }

  /** Of its bytes, in hex. */
  public String sha256() {
    facts();
    return sha256;
  }

  /** The document as it was when its facts were read. */
  public Document load() {
    byte[] content = kept == null ? read() : kept;
    if (!Sha256.of(content).equals(sha256())) {
      throw notRead(new IOException("it has changed meanwhile"));
    }
    return new Document(fileName, mimeType, content);
  }

  /** The record of this document under its id in SignSpace. */
  public SentDocument sentAs(String fileId) {
    return new SentDocument(variableName, fileName, size(), sha256(), fileId);
  }

  private byte[] read() {
    byte[] content = new byte[Math.toIntExact(size())];
    try (InputStream stream = source.get()) {
      if (stream.readNBytes(content, 0, content.length) < content.length || stream.read() >= 0) {
        throw new IOException("it has changed meanwhile");
      }
      return content;
    } catch (IOException e) {
      throw notRead(e);
    }
  }

  private ExternalTaskClientException notRead(IOException e) {
    return new ExternalTaskClientException("Cannot read the variable " + variableName, e);
  }
}

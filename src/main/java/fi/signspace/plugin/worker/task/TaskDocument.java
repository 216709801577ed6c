package fi.signspace.plugin.worker.task;

import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.DocumentMetadata;
import fi.signspace.plugin.signing.Sha256;
import fi.signspace.plugin.signing.text.FileType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.function.Supplier;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.jspecify.annotations.Nullable;

/**
 * A File variable to be signed. A small one is read once and cached; a large one is read twice:
 * once to measure it, once to send it ({@link #load}).
 */
public final class TaskDocument {

  private final String variableName;
  private final String fileName;
  private final String mimeType;
  private final Supplier<InputStream> source;
  private byte @Nullable [] cached;
  private @Nullable DocumentMetadata metadata;
  private String sha256 = "";

  /**
   * @param fileName "" if it has none
   * @param source opens the content, any number of times
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

  /** Reads the whole document once, without keeping a large one in memory. */
  public DocumentMetadata metadata() {
    if (metadata == null) {
      metadata = measured();
    }
    return metadata;
  }

  private DocumentMetadata measured() {
    if (!DocumentMetadata.isReadable(fileName, mimeType)) {
      return DocumentMetadata.unread(variableName, fileName, mimeType);
    }
    MessageDigest digest = Sha256.digest();
    try (InputStream content = new DigestInputStream(source.get(), digest)) {
      byte[] beginning = content.readNBytes(LargeDocumentLimiter.THRESHOLD);
      long size = beginning.length + content.transferTo(OutputStream.nullOutputStream());
      cached = beginning.length < LargeDocumentLimiter.THRESHOLD ? beginning : null;
      sha256 = Sha256.hex(digest);
      return new DocumentMetadata(variableName, fileName, mimeType, size, FileType.of(beginning));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Its size in bytes. */
  public long size() {
    return metadata().size();
  }

  /** The SHA-256 of its content, in hex. */
  public String sha256() {
    metadata();
    return sha256;
  }

  /** Loads the document, which must not have changed since its metadata was read. */
  public Document load() {
    byte[] content = cached == null ? read() : cached;
    if (!Sha256.of(content).equals(sha256())) {
      throw unreadable(new IOException("it has changed in the meantime"));
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
        throw new IOException("its size has changed in the meantime");
      }
      return content;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private ExternalTaskClientException unreadable(IOException e) {
    return new ExternalTaskClientException(
        "Cannot read the variable %s: %s".formatted(variableName, e.getMessage()), e);
  }
}

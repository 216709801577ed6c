package fi.signspace.plugin.worker;

import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.DocumentFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.function.Supplier;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.jspecify.annotations.Nullable;

/**
 * A File variable that is to be signed. A small one is read once and kept; a large one is only
 * measured at first, and read again by whoever loads it.
 */
final class TaskDocument {

  private final String variableName;
  private final FileValue file;
  private final Supplier<InputStream> source;
  private byte @Nullable [] kept;
  private long size;

  /**
   * @param source gives the bytes, as often as it is asked
   */
  TaskDocument(String variableName, FileValue file, Supplier<InputStream> source) {
    this.variableName = variableName;
    this.file = file;
    this.source = source;
  }

  String variableName() {
    return variableName;
  }

  String fileName() {
    return Objects.requireNonNullElse(file.getFilename(), "");
  }

  /** Reads the document through without holding more of it than a small one has. */
  DocumentFacts facts() {
    try (InputStream content = source.get()) {
      byte[] beginning = content.readNBytes(LargeDocuments.FROM);
      size = beginning.length + content.transferTo(OutputStream.nullOutputStream());
      kept = beginning.length < LargeDocuments.FROM ? beginning : null;
      return new DocumentFacts(variableName, fileName(), size);
    } catch (IOException e) {
      throw notRead(e);
    }
  }

  /** In bytes; known as soon as the facts are. */
  long size() {
    return size;
  }

  /** The document as it was when its facts were read. */
  Document load() {
    String mimeType = Objects.requireNonNullElse(file.getMimeType(), "application/octet-stream");
    return new Document(fileName(), mimeType, kept == null ? read() : kept);
  }

  private byte[] read() {
    byte[] content = new byte[Math.toIntExact(size)];
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

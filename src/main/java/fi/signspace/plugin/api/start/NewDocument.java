package fi.signspace.plugin.api.start;

import fi.signspace.plugin.signing.DocumentMetadata;
import fi.signspace.plugin.signing.Sha256;
import fi.signspace.plugin.signing.text.FileType;
import fi.signspace.plugin.signing.text.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.FileValue;

/** A document that a caller has uploaded. It is on disk until the engine stores it. */
public record NewDocument(String variableName, UploadedFile file) {

  /** The prefix of the names of document variables. */
  public static final String PREFIX = "document";

  /** In bytes; enough to detect the file type. */
  private static final int BEGINNING = 4096;

  public String fileName() {
    return file.fileName();
  }

  /**
   * Returns the type that the caller gave, normalized: the engine returns no file with an invalid
   * type.
   */
  public String mimeType() {
    return MediaTypes.normalized(file.contentType(), beginning());
  }

  DocumentMetadata metadata() {
    return new DocumentMetadata(
        variableName, fileName(), mimeType(), file.size(), FileType.of(beginning()));
  }

  private byte[] beginning() {
    try (InputStream bytes = open()) {
      return bytes.readNBytes(BEGINNING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public InputStream open() {
    try {
      return file.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the digest of the bytes, in hexadecimal. */
  public String sha256() {
    try (InputStream content = open()) {
      return Sha256.of(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loads the bytes into memory, once, as a process variable. */
  FileValue load() {
    byte[] content = new byte[Math.toIntExact(file.size())];
    try (InputStream bytes = open()) {
      bytes.readNBytes(content, 0, content.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Variables.fileValue(fileName()).mimeType(mimeType()).file(content).create();
  }
}

package fi.signspace.plugin.api;

import fi.signspace.plugin.signing.DocumentMetadata;
import fi.signspace.plugin.signing.FileType;
import fi.signspace.plugin.signing.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.springframework.web.multipart.MultipartFile;

/** A document that a caller has sent. It lies on the disk until the engine takes it. */
record NewDocument(String variableName, MultipartFile file) {

  /** What the names of documents begin with. */
  static final String PREFIX = "document";

  /** In bytes, enough to tell what a file is. */
  private static final int BEGINNING = 4096;

  String fileName() {
    return Objects.requireNonNullElse(file.getOriginalFilename(), "");
  }

  /** What the caller says, made readable: the engine hands out no file of another one. */
  String mimeType() {
    return MediaTypes.normalized(file.getContentType(), beginning());
  }

  DocumentMetadata facts() {
    return new DocumentMetadata(
        variableName, fileName(), mimeType(), file.getSize(), FileType.of(beginning()));
  }

  private byte[] beginning() {
    try (InputStream bytes = open()) {
      return bytes.readNBytes(BEGINNING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InputStream open() {
    try {
      return file.getInputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a process variable: now its bytes are in memory, once. */
  FileValue load() {
    byte[] content = new byte[Math.toIntExact(file.getSize())];
    try (InputStream bytes = open()) {
      bytes.readNBytes(content, 0, content.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Variables.fileValue(fileName()).mimeType(mimeType()).file(content).create();
  }
}

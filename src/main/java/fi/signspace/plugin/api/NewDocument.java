package fi.signspace.plugin.api;

import fi.signspace.plugin.signing.DocumentMetadata;
import fi.signspace.plugin.signing.FileType;
import fi.signspace.plugin.signing.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.springframework.web.multipart.MultipartFile;

/** A document that a caller has uploaded. It is on disk until the engine stores it. */
record NewDocument(String variableName, MultipartFile file) {

  /** The prefix of the names of document variables. */
  static final String PREFIX = "document";

  /** In bytes; enough to detect the file type. */
  private static final int BEGINNING = 4096;

  String fileName() {
    return Objects.requireNonNullElse(file.getOriginalFilename(), "");
  }

  /**
   * Returns the type that the caller gave, normalized: the engine returns no file with an invalid
   * type.
   */
  String mimeType() {
    return MediaTypes.normalized(file.getContentType(), beginning());
  }

  DocumentMetadata metadata() {
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

  /** Returns the digest of the bytes, in hexadecimal. */
  String sha256() {
    try (InputStream content = open()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[64 * 1024];
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Loads the bytes into memory, once, as a process variable. */
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

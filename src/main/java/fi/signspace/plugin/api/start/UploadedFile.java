package fi.signspace.plugin.api.start;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** A file that a caller has uploaded, alone or in another one. It can be read repeatedly. */
public interface UploadedFile {

  String fileName();

  @Nullable String contentType();

  long size();

  InputStream open() throws IOException;

  /** A part of a form. */
  static UploadedFile of(MultipartFile part) {
    return new UploadedFile() {
      @Override
      public String fileName() {
        return Objects.requireNonNullElse(part.getOriginalFilename(), "");
      }

      @Override
      public @Nullable String contentType() {
        return part.getContentType();
      }

      @Override
      public long size() {
        return part.getSize();
      }

      @Override
      public InputStream open() throws IOException {
        return part.getInputStream();
      }
    };
  }
}

package fi.signspace.plugin.sandbox.file;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/**
 * A file in the sandbox.
 *
 * @param importanceOrder files are shown in descending order, null last
 * @param content never logged, not copied: read-only
 */
@SuppressWarnings("ArrayRecordComponent") // up to 60 MB are not copied; files are never compared
public record StoredFile(
    String id, String name, @Nullable Integer importanceOrder, byte[] content, Instant createdAt) {

  /** The order in which signatories see the documents (guide, "importance_order"). */
  public static final Comparator<StoredFile> AS_SHOWN =
      Comparator.comparing(
          StoredFile::importanceOrder, Comparator.nullsLast(Comparator.reverseOrder()));

  private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);

  boolean isPdf() {
    return content.length > PDF.length && Arrays.equals(content, 0, PDF.length, PDF, 0, PDF.length);
  }

  /** A PDF is detected by its content, other types by the name: the API receives no type. */
  public MediaType mediaType() {
    return isPdf()
        ? MediaType.APPLICATION_PDF
        : MediaTypeFactory.getMediaType(name).orElse(MediaType.APPLICATION_OCTET_STREAM);
  }

  @Override
  public String toString() {
    return "StoredFile[" + id + ", " + content.length + " bytes]";
  }
}

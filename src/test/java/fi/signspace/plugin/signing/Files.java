package fi.signspace.plugin.signing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small files of each kind. */
public final class Files {

  public static final byte[] PDF = "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n".getBytes(ISO_8859_1);
  public static final byte[] PNG = "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR".getBytes(ISO_8859_1);
  public static final byte[] JPEG = "\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0".getBytes(ISO_8859_1);
  public static final byte[] PAGE =
      "<!DOCTYPE html><html><body>Log in</body></html>".getBytes(UTF_8);

  private Files() {}

  /** A PDF after other bytes. */
  public static byte[] pdfAfter(int bytes) {
    return ("x".repeat(bytes) + new String(PDF, ISO_8859_1)).getBytes(ISO_8859_1);
  }

  /** An archive with empty entries. */
  public static byte[] zip(String... entries) {
    return container("", entries);
  }

  /**
   * An archive whose first entry declares its type.
   *
   * @param mediaType empty for an archive without such an entry
   */
  public static byte[] container(String mediaType, String... entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      if (!mediaType.isEmpty()) {
        store(zip, mediaType.getBytes(ISO_8859_1));
      }
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write("content".getBytes(ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, byte[] mediaType) throws IOException {
    ZipEntry first = new ZipEntry("mimetype");
    CRC32 crc = new CRC32();
    crc.update(mediaType);
    first.setMethod(ZipEntry.STORED);
    first.setSize(mediaType.length);
    first.setCrc(crc.getValue());
    zip.putNextEntry(first);
    zip.write(mediaType);
  }
}

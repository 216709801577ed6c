package fi.signspace.plugin.api.bulk.upload;

import fi.signspace.plugin.api.start.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A file in an uploaded ZIP; it is unpacked whenever it is read, and never stored. */
record ZippedFile(ZipFile zip, ZipArchiveEntry entry, String fileName) implements UploadedFile {

  /**
   * Of Windows, where names are not in UTF-8; its letters of Nordic languages are everywhere the
   * same.
   */
  private static final Charset CODE_PAGE = Charset.forName("IBM437");

  private static final Set<String> OF_SYSTEMS = Set.of("thumbs.db", "desktop.ini", ".ds_store");

  ZippedFile(ZipFile zip, ZipArchiveEntry entry) {
    this(zip, entry, last(path(entry)));
  }

  private static String last(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  private static String path(ZipArchiveEntry entry) {
    boolean isKnown =
        entry.getGeneralPurposeBit().usesUTF8ForNames()
            || entry.getNameSource() != ZipArchiveEntry.NameSource.NAME;
    byte[] raw = entry.getRawName();
    if (isKnown || raw == null) {
      return entry.getName();
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException e) {
      return new String(raw, CODE_PAGE);
    }
  }

  /** Whether a person has put it there, and not the system that made the ZIP. */
  boolean isDocument() {
    return !entry.isDirectory()
        && !fileName.isEmpty()
        && !fileName.startsWith("._")
        && !path(entry).startsWith("__MACOSX")
        && OF_SYSTEMS.stream().noneMatch(fileName::equalsIgnoreCase);
  }

  /** Why it cannot be read; null if it can. */
  @Nullable String problem() {
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      return "%s is protected by a password; make the ZIP without one.".formatted(fileName);
    }
    return zip.canReadEntryData(entry)
        ? null
        : "%s is packed in an unusual way; make the ZIP with the usual one.".formatted(fileName);
  }

  @Override
  public @Nullable String contentType() {
    return null;
  }

  @Override
  public long size() {
    return entry.getSize();
  }

  @Override
  public InputStream open() throws IOException {
    return zip.getInputStream(entry);
  }
}

package fi.signspace.plugin.signing;

import fi.signspace.plugin.signing.text.FileNames;
import fi.signspace.plugin.signing.text.MediaTypes;

/**
 * A document with its content.
 *
 * @param name the file name, verbatim: blanks, slashes and any script are preserved
 * @param mimeType e.g. {@code application/pdf}
 * @param content the bytes; never logged, not copied: treat them as read-only
 */
@SuppressWarnings("ArrayRecordComponent") // 60 MB are not copied; documents are never compared
public record Document(String name, String mimeType, byte[] content) {

  /** Returns a copy whose name and media type match the bytes. */
  public Document withTypeOfContent() {
    return new Document(
        FileNames.normalized(FileNames.withExtensionOf(content, name)),
        MediaTypes.of(content, mimeType),
        content);
  }

  @Override
  public String toString() {
    return "Document[" + name + ", " + mimeType + ", " + content.length + " bytes]";
  }
}

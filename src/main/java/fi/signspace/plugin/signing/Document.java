package fi.signspace.plugin.signing;

/**
 * A document with its content.
 *
 * @param name the file name, verbatim: blanks, slashes and any script are kept
 * @param mimeType e.g. {@code application/pdf}
 * @param content the bytes; never logged, never printed, not copied: treat them as read-only
 */
@SuppressWarnings("ArrayRecordComponent") // 60 MB are not copied; documents are never compared
public record Document(String name, String mimeType, byte[] content) {

  /** The same under a name and a media type that say what the bytes are. */
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

package fi.signspace.plugin.signing;

import fi.signspace.plugin.signing.text.FileNames;
import fi.signspace.plugin.signing.text.FileType;
import fi.signspace.plugin.signing.text.MediaTypes;

/**
 * The metadata of a document, without its content.
 *
 * @param variableName the File variable, e.g. {@code document1}
 * @param fileName "" if it has none
 * @param mimeType the declared media type, "" if none
 * @param size in bytes
 * @param type the type detected from the bytes
 */
public record DocumentMetadata(
    String variableName, String fileName, String mimeType, long size, FileType type) {

  /** The metadata of a document that the engine cannot return, see {@link #isReadable}. */
  public static DocumentMetadata unread(String variableName, String fileName, String mimeType) {
    return new DocumentMetadata(variableName, fileName, mimeType, 0, FileType.UNKNOWN);
  }

  /**
   * Whether the engine can return a file with its name and media type in response headers. It
   * accepts any file, but fails to return some.
   */
  public static boolean isReadable(String fileName, String mimeType) {
    return FileNames.isFit(fileName) && MediaTypes.isReadable(mimeType);
  }
}

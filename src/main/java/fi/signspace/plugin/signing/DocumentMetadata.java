package fi.signspace.plugin.signing;

/**
 * What is known of a document without its content.
 *
 * @param variableName the File variable, e.g. {@code document1}
 * @param fileName "" if it has none
 * @param mimeType the media type that it is said to have, "" if none is said
 * @param size in bytes
 * @param type what its bytes are
 */
public record DocumentMetadata(
    String variableName, String fileName, String mimeType, long size, FileType type) {

  /** Of a document that the engine does not hand out, see {@link #isHandedOut}. */
  public static DocumentMetadata unread(String variableName, String fileName, String mimeType) {
    return new DocumentMetadata(variableName, fileName, mimeType, 0, FileType.UNKNOWN);
  }

  /**
   * Whether the engine can hand out a file, with its name and media type in the header of a
   * response. It takes any, but fails when it is asked for what it has.
   */
  public static boolean isHandedOut(String fileName, String mimeType) {
    return FileNames.isFit(fileName) && MediaTypes.isReadable(mimeType);
  }
}

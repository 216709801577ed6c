package fi.signspace.plugin.signing;

/**
 * What is known of a document without its content.
 *
 * @param variableName the File variable, e.g. {@code document1}
 * @param fileName "" if it has none
 * @param size in bytes
 */
public record DocumentFacts(String variableName, String fileName, long size) {}

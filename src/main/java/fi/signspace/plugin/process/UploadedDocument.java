package fi.signspace.plugin.process;

/**
 * A document uploaded to SignSpace, as the forms show it.
 *
 * @param variableName the File variable it was read from
 * @param size in bytes
 */
public record UploadedDocument(String variableName, String fileName, long size) {}

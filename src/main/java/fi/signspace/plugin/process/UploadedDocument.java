package fi.signspace.plugin.process;

/**
 * A document that SignSpace has, as the forms show it.
 *
 * @param variableName the File variable it came from
 * @param size in bytes
 */
public record UploadedDocument(String variableName, String fileName, long size) {}

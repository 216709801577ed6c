package fi.signspace.plugin.process;

import org.jspecify.annotations.Nullable;

/**
 * A document that SignSpace has.
 *
 * @param variableName the File variable it came from
 * @param size in bytes
 * @param sha256 of its bytes, in hex: a changed document is uploaded again, an unchanged one is not
 * @param fileId SignSpace's id of it
 * @param taskId the external task that uploaded it
 */
public record UploadedDocument(
    String variableName,
    String fileName,
    long size,
    String sha256,
    String fileId,
    @Nullable String taskId) {}

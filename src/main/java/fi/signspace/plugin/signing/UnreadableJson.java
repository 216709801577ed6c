package fi.signspace.plugin.signing;

/**
 * A value that was given as text, is meant as JSON, and cannot be read as such.
 *
 * @param reason what is wrong and where, e.g. {@code Unexpected character at line 1, column 33}
 */
public record UnreadableJson(String reason) {}

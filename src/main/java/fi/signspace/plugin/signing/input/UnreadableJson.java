package fi.signspace.plugin.signing.input;

/**
 * A JSON value given as text that cannot be parsed.
 *
 * @param reason the parser's message
 * @param line from 1
 * @param column from 1
 */
public record UnreadableJson(String reason, int line, int column) {}

package fi.signspace.plugin.signing;

/**
 * A value that was given as text, is meant as JSON, and cannot be read as such.
 *
 * @param reason what is wrong, in the words of the parser
 * @param line from 1
 * @param column from 1
 */
public record UnreadableJson(String reason, int line, int column) {}

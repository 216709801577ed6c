package fi.signspace.plugin.signing;

public record DocumentFacts(String variableName, String fileName, long size) {}

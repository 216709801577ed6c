package fi.signspace.plugin.api.mail;

/** The content of one mail. */
record RenderedMail(String language, String subject, String text, String html) {}

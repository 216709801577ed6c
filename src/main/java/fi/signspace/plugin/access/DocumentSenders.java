package fi.signspace.plugin.access;

import jakarta.servlet.http.HttpServletRequest;

/** Who may send documents, and so requests that are long. */
@FunctionalInterface
public interface DocumentSenders {

  /** Whether the caller, who has logged in, is one of them. */
  boolean includes(HttpServletRequest request);
}

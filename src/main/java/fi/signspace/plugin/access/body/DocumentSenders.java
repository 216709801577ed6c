package fi.signspace.plugin.access.body;

import jakarta.servlet.http.HttpServletRequest;

/** Users who may send documents, and therefore large requests. */
public interface DocumentSenders {

  /** On a node without an engine: no one logs in to send documents. */
  DocumentSenders NONE =
      new DocumentSenders() {
        @Override
        public boolean includes(HttpServletRequest request) {
          return false;
        }

        @Override
        public boolean isLoggedIn(HttpServletRequest request) {
          return false;
        }
      };

  /** Whether the caller has logged in and is one of them. */
  boolean includes(HttpServletRequest request);

  boolean isLoggedIn(HttpServletRequest request);
}

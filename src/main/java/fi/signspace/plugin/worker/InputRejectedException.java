package fi.signspace.plugin.worker;

/** What was given for the request is wrong; the message tells a case worker, field by field. */
final class InputRejectedException extends RuntimeException {

  InputRejectedException(String problem) {
    super(problem);
  }
}

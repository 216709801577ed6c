package fi.signspace.plugin.api;

import fi.signspace.plugin.api.call.ProblemException;
import org.apache.tomcat.util.http.fileupload.impl.FileCountLimitExceededException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.multipart.MaxUploadSizeExceededException;

/**
 * Reports which limit of the web server a form exceeds; Spring only reports that it exceeds one.
 */
@RestControllerAdvice(basePackageClasses = ApiProblems.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class UploadProblems {

  @ExceptionHandler
  ResponseEntity<ProblemDetail> limitExceeded(MaxUploadSizeExceededException failure) {
    ProblemException refusal = refusal(failure);
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(refusal.status(), String.valueOf(refusal.getMessage()));
    problem.setTitle(refusal.title());
    return ResponseEntity.of(problem).build();
  }

  private static ProblemException refusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FileCountLimitExceededException) {
        return ProblemException.tooManyDocuments();
      }
      if (String.valueOf(cause.getMessage()).startsWith("Header section")) {
        return ProblemException.tooLongName();
      }
    }
    return new ProblemException(
        HttpStatus.PAYLOAD_TOO_LARGE, "Too large", "The form is larger than this server accepts.");
  }
}

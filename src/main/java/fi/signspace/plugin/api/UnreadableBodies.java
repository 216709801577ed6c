package fi.signspace.plugin.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import fi.signspace.plugin.api.call.InvalidInputException;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.http.JsonErrors;
import fi.signspace.plugin.signing.input.FieldError;
import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import fi.signspace.plugin.signing.text.TextRules;
import java.util.List;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.apache.tomcat.util.http.fileupload.impl.FileCountLimitExceededException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/** Reports why a body cannot be read; Spring only reports that it cannot. */
@RestControllerAdvice(basePackageClasses = ApiProblems.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnreadableBodies {

  private static final String DOCUMENTS = "documents";

  private final ApiProblems problems;

  UnreadableBodies(ApiProblems problems) {
    this.problems = problems;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unreadable(MultipartException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FileCountLimitExceededException) {
        return problems.refused(ProblemException.tooManyDocuments());
      }
      if (cause instanceof InvalidFileNameException) {
        return invalid(
            "A document has a name that contains the character U+0000; rename the file.");
      }
      if (String.valueOf(cause.getMessage()).startsWith("Header section")) {
        return invalid(
            "The file name or the media type of a document is too long; shorten each to %s characters at most."
                .formatted(TextRules.MAX_FILE_NAME));
      }
    }
    return problems.refused(
        failure instanceof MaxUploadSizeExceededException
            ? new ProblemException(
                HttpStatus.PAYLOAD_TOO_LARGE,
                "Too large",
                "The form is larger than this server accepts.")
            : new ProblemException(
                HttpStatus.BAD_REQUEST,
                "Not a form",
                "The body is not multipart/form-data, or it is incomplete."));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException failure) {
    return problems.refused(
        new ProblemException(
            HttpStatus.BAD_REQUEST,
            "Unreadable body",
            failure.getCause() instanceof JsonProcessingException json
                ? PersonalIdentityCode.masked(JsonErrors.describe(json)) + "."
                : "The body is missing or incomplete."));
  }

  private ResponseEntity<ProblemDetail> invalid(String message) {
    return problems.invalid(new InvalidInputException(List.of(new FieldError(DOCUMENTS, message))));
  }
}

package fi.signspace.plugin.api;

import static java.util.stream.Collectors.joining;

import fi.signspace.plugin.api.call.InvalidInputException;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.api.escalation.InvalidTargetException;
import fi.signspace.plugin.encryption.BrokenSealException;
import fi.signspace.plugin.signing.input.FieldError;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.authorization.MissingAuthorization;
import org.camunda.bpm.engine.exception.NotAllowedException;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.rest.exception.RestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Turns every failure into problem details (RFC 9457). Spring handles its own exceptions the same
 * way ({@code spring.mvc.problemdetails.enabled}).
 */
@RestControllerAdvice(basePackageClasses = ApiProblems.class)
class ApiProblems {

  private static final Logger LOG = LoggerFactory.getLogger(ApiProblems.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> invalid(InvalidInputException failure) {
    ProblemDetail problem =
        problem(
            HttpStatus.UNPROCESSABLE_ENTITY,
            "The input is wrong",
            "Correct the fields in errors and send the request again; nothing has been changed.");
    problem.setProperty("errors", failure.problems().stream().map(ApiProblems::error).toList());
    return response(problem);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> invalid(InvalidTargetException failure) {
    return invalid(new InvalidInputException(List.of(failure.error())));
  }

  private static Map<String, String> error(FieldError problem) {
    return Map.of("field", problem.field(), "detail", problem.message());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(ProblemException failure) {
    return response(
        problem(failure.status(), failure.title(), String.valueOf(failure.getMessage())));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> forbidden(AuthorizationException failure) {
    LOG.info("API call refused: {}", failure.getMessage());
    return response(problem(HttpStatus.FORBIDDEN, "Not permitted", reason(failure)));
  }

  private static String reason(AuthorizationException failure) {
    List<MissingAuthorization> missing = failure.getMissingAuthorizations();
    return missing.isEmpty()
        ? String.valueOf(failure.getMessage())
        : missing.stream()
            .map(one -> one.getViolatedPermissionName() + " on " + one.getResourceType())
            .distinct()
            .collect(joining(", ", "You lack a permission in the engine: ", ""));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> suspended(SuspendedEntityInteractionException failure) {
    LOG.info("API call refused: {}", failure.getMessage());
    return refused(ProblemException.suspended("The process signing-request"));
  }

  @ExceptionHandler({BadUserRequestException.class, NotAllowedException.class})
  ResponseEntity<ProblemDetail> notPossible(ProcessEngineException failure) {
    LOG.info("API call refused: {}", failure.getMessage());
    return response(
        problem(
            HttpStatus.CONFLICT, "Not possible now", "The engine rejects it: " + reason(failure)));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> exchanged(BrokenSealException failure) {
    LOG.warn("API call refused: {}", failure.getMessage());
    return response(
        problem(
            HttpStatus.CONFLICT,
            "Not what was validated",
            "The list was changed in the engine since it was validated (%s); ask an admin."
                .formatted(failure.getMessage())));
  }

  /** Another user or a worker changed the request at the same time. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> changedConcurrently(OptimisticLockingException failure) {
    LOG.info("API call refused: {}", reason(failure));
    return response(
        problem(
            HttpStatus.CONFLICT,
            "Not possible now",
            "The request was changed at the same time, so this call had no effect. Read the request again, then repeat the call."));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> noLongerExists(NotFoundException failure) {
    LOG.info("API call refused: {}", failure.getMessage());
    return response(
        problem(HttpStatus.NOT_FOUND, "Not found", "It has just ended or been removed."));
  }

  /** Only the first line is for callers; the rest is internal to the engine. */
  private static String reason(ProcessEngineException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  /** Errors for which the engine defines the status. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(RestException failure) {
    HttpStatus status = HttpStatus.valueOf(failure.getStatus().getStatusCode());
    return response(problem(status, "Refused", String.valueOf(failure.getMessage())));
  }

  @ExceptionHandler({TransactionException.class, DataAccessResourceFailureException.class})
  ResponseEntity<ProblemDetail> unavailable(RuntimeException failure) {
    LOG.error("A call of the API failed because of the database", failure);
    return response(
        problem(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Database unavailable",
            "The database of this server is unavailable; send the request again later."));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unexpected(Exception failure) {
    LOG.error("A call of the API failed", failure);
    return response(
        problem(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "Unexpected failure",
            "This server has a defect or an outage; its log has the details."));
  }

  private static ProblemDetail problem(HttpStatus status, String title, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setTitle(title);
    return problem;
  }

  private static ResponseEntity<ProblemDetail> response(ProblemDetail problem) {
    return ResponseEntity.of(problem).build();
  }
}

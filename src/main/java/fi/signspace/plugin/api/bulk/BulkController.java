package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.ApiErrors;
import fi.signspace.plugin.api.bulk.upload.UploadedDocuments;
import fi.signspace.plugin.api.call.Attachment;
import fi.signspace.plugin.api.view.RequestQueries;
import fi.signspace.plugin.api.view.SigningRequestView;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.process.BulkProcess;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** The paths of lists of requests and their descriptions. */
@RestController
@RequestMapping("/api/bulk")
@Tag(name = "Lists of signing requests")
@ApiErrors
@ConditionalOnEngine
class BulkController {

  private static final String FORM = MediaType.MULTIPART_FORM_DATA_VALUE;
  private static final String CSV = "text/csv;charset=UTF-8";

  private final BulkAccess access;
  private final BulkReader reader;
  private final BulkStarter starter;
  private final TrialStarter trials;
  private final RequestQueries requests;
  private final BulkQueries queries;
  private final BulkMessages messages;
  private final BulkResults results;

  BulkController(
      BulkAccess access,
      BulkReader reader,
      BulkStarter starter,
      TrialStarter trials,
      RequestQueries requests,
      BulkQueries queries,
      BulkMessages messages,
      BulkResults results) {
    this.access = access;
    this.reader = reader;
    this.starter = starter;
    this.trials = trials;
    this.requests = requests;
    this.queries = queries;
    this.messages = messages;
    this.results = results;
  }

  @Operation(
      summary = "Have the documents of a list signed, one request for each row",
      description =
          "202 if every row is valid and will be sent, once; the same list again starts nothing new."
              + " 422 with every error, and nothing is sent.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = FORM,
                      schema = @Schema(implementation = BulkSchemas.NewList.class))))
  @ApiResponse(
      responseCode = "200",
      description = "With the option preview: what would be sent",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = BulkView.Preview.class)))
  @ApiResponse(
      responseCode = "201",
      description = "With the option trial: the request that only the caller signs",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = SigningRequestView.class)))
  @ApiResponse(
      responseCode = "202",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = BulkView.Accepted.class)))
  @ApiResponse(
      responseCode = "422",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
              schema = @Schema(implementation = BulkSchemas.ListProblem.class)))
  @PostMapping(consumes = FORM)
  ResponseEntity<?> start(@Parameter(hidden = true) MultipartHttpServletRequest form) {
    access.requireSend(); // errors would show the keys of other lists
    try (UploadedDocuments documents = reader.documents(form)) {
      NewBulk bulk = reader.read(form, documents);
      if (bulk.trial() != null) {
        SigningRequestView trial = requests.started(trials.start(bulk, bulk.trial()));
        return ResponseEntity.created(URI.create(trial.href())).body(trial);
      }
      return bulk.isPreview()
          ? ResponseEntity.ok(starter.preview(bulk))
          : ResponseEntity.accepted().body(starter.start(bulk));
    }
  }

  @Operation(summary = "Get the newest 20 lists")
  @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
  @GetMapping
  BulkView.Page newest() {
    return queries.newest();
  }

  @Operation(summary = "Get the progress of a list")
  @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
  @GetMapping("/{id}")
  BulkView get(@PathVariable String id) {
    return queries.get(id);
  }

  @Operation(summary = "Start no further row until the list is resumed")
  @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
  @PostMapping("/{id}/pause")
  @ResponseStatus(HttpStatus.ACCEPTED)
  BulkView pause(@PathVariable String id) {
    return messages.send(BulkProcess.PAUSE, id);
  }

  @Operation(summary = "Go on with a paused list")
  @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
  @PostMapping("/{id}/resume")
  @ResponseStatus(HttpStatus.ACCEPTED)
  BulkView resume(@PathVariable String id) {
    return messages.send(BulkProcess.RESUME, id);
  }

  @Operation(
      summary = "Send no further row of a list",
      description = "Requests that have been sent stay open; cancel-requests cancels them.")
  @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
  @PostMapping("/{id}/cancel")
  @ResponseStatus(HttpStatus.ACCEPTED)
  BulkView cancel(@PathVariable String id) {
    return messages.send(BulkProcess.CANCEL, id);
  }

  @Operation(
      summary = "Cancel open requests of a list",
      description =
          "Cancels up to 200 requests that wait for signatures, and up to 200 that wait for a"
              + " decision, and closes up to 200 that are cancelled. Repeat it until open is 0: a"
              + " request on its way to SignSpace is cancelled, and a cancelled one closed, by a"
              + " later call.")
  @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
  @PostMapping("/{id}/cancel-requests")
  @ResponseStatus(HttpStatus.ACCEPTED)
  BulkView cancelRequests(@PathVariable String id) {
    return messages.cancelRequests(id);
  }

  @Operation(
      summary = "Retry the rows that need an admin",
      description = "Up to 200 of them; needs the permission to retry steps in the engine.")
  @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
  @PostMapping("/{id}/retry")
  @ResponseStatus(HttpStatus.ACCEPTED)
  BulkView retry(@PathVariable String id) {
    return messages.retry(id);
  }

  @Operation(
      summary = "Download the list with the result of each row",
      description = "The list may be corrected and uploaded again: result columns are not read.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
  @GetMapping("/{id}/result")
  void result(@PathVariable String id, @Parameter(hidden = true) HttpServletResponse response)
      throws IOException {
    results.require(id);
    begin(response, CSV, "result.csv");
    results.writeCsv(id, response.getOutputStream());
  }

  @Operation(
      summary = "Download the signed documents of a list and their evidence",
      description = "A ZIP with a folder for each request that is signed so far.")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = "application/zip",
              schema = @Schema(type = "string", format = "binary")))
  @GetMapping("/{id}/documents")
  void documents(@PathVariable String id, @Parameter(hidden = true) HttpServletResponse response)
      throws IOException {
    results.require(id);
    begin(response, "application/zip", "signed-documents.zip");
    results.writeZip(id, response.getOutputStream());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> invalid(InvalidListException failure) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.UNPROCESSABLE_ENTITY,
            "Correct the cells in errors and upload the list again; nothing has been sent.");
    problem.setTitle("The list is wrong");
    problem.setProperty("errors", failure.errors());
    return ResponseEntity.of(problem).build();
  }

  private static void begin(HttpServletResponse response, String contentType, String fileName) {
    response.setContentType(contentType);
    Attachment.headers(fileName).toSingleValueMap().forEach(response::setHeader);
  }
}

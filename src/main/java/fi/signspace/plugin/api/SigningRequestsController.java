package fi.signspace.plugin.api;

import fi.signspace.plugin.api.call.Attachment;
import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.call.IdempotencyKey;
import fi.signspace.plugin.api.call.Paths;
import fi.signspace.plugin.api.start.NewRequest;
import fi.signspace.plugin.api.start.RequestReader;
import fi.signspace.plugin.api.start.RequestStarter;
import fi.signspace.plugin.api.start.RequestStarter.Started;
import fi.signspace.plugin.api.timeline.EventQueries;
import fi.signspace.plugin.api.timeline.RequestEvent;
import fi.signspace.plugin.api.view.PageRequest;
import fi.signspace.plugin.api.view.RequestQueries;
import fi.signspace.plugin.api.view.SigningRequestPage;
import fi.signspace.plugin.api.view.SigningRequestView;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.process.SigningProcess.Message;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** The paths of the API and their descriptions. */
@RestController
@RequestMapping(Paths.SIGNING_REQUESTS)
@Tag(name = "Signing requests")
@ApiErrors
@ConditionalOnEngine
class SigningRequestsController {

  private static final String FORM = MediaType.MULTIPART_FORM_DATA_VALUE;
  private static final String EVIDENCE = "application/jose";

  private final RequestReader reader;
  private final RequestStarter starter;
  private final RequestQueries queries;
  private final EventQueries events;
  private final RequestMessages messages;
  private final WebhookResend webhook;
  private final EngineTransactions engine;

  SigningRequestsController(
      RequestReader reader,
      RequestStarter starter,
      RequestQueries queries,
      EventQueries events,
      RequestMessages messages,
      WebhookResend webhook,
      EngineTransactions engine) {
    this.reader = reader;
    this.starter = starter;
    this.queries = queries;
    this.events = events;
    this.messages = messages;
    this.webhook = webhook;
    this.engine = engine;
  }

  @Operation(
      summary = "Have documents signed",
      description =
          "201 if the request has been started now, 200 if the same call with the same"
              + " Idempotency-Key has started it before, 422 with every field that is wrong.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = FORM,
                      schema = @Schema(implementation = ApiSchemas.NewRequest.class))))
  @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "201", useReturnTypeSchema = true)
  @PostMapping(consumes = FORM)
  ResponseEntity<SigningRequestView> start(
      @Parameter(hidden = true) MultipartHttpServletRequest form,
      @Parameter(
              description =
                  "Any text, preferably a UUID: a second call with the same key starts nothing new")
          @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key) {
    NewRequest request = reader.read(form);
    Started started =
        key == null
            ? starter.start(request)
            : starter.startOnce(request, IdempotencyKey.of(engine.user(), key, request));
    SigningRequestView view = queries.started(started.id());
    return ResponseEntity.status(started.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
        .location(URI.create(view.href()))
        .body(view);
  }

  @Operation(summary = "Find signing requests, a page at a time")
  @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
  @GetMapping
  SigningRequestPage find(
      @Parameter(
              schema =
                  @Schema(
                      allowableValues = {
                        "working",
                        "awaiting",
                        "needsCorrection",
                        "needsDecision",
                        "signed",
                        "cancelled",
                        "abandoned",
                        "removed"
                      }))
          @RequestParam(required = false)
          @Nullable String status,
      @RequestParam(required = false) @Nullable String businessKey,
      @Parameter(
              description =
                  "A part of the title, in capital or small letters, or the whole business key")
          @RequestParam(required = false)
          @Nullable String search,
      @Parameter(
              description =
                  "startedAt, endedAt or businessKey; prefix it with - for descending order")
          @RequestParam(defaultValue = "-startedAt")
          String sort,
      @Parameter(description = "From 0") @RequestParam(defaultValue = "0") int page,
      @Parameter(description = "1 to 100") @RequestParam(defaultValue = "20") int size) {
    return queries.page(PageRequest.parse(status, businessKey, search, sort, page, size));
  }

  @Operation(summary = "Get a signing request")
  @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
  @GetMapping("/{id}")
  SigningRequestView get(@PathVariable String id) {
    return queries.get(id);
  }

  @Operation(
      summary = "Check in SignSpace now",
      description =
          "202 means that the process was notified; 409 that this is not possible in its current state.")
  @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
  @PostMapping("/{id}/check")
  @ResponseStatus(HttpStatus.ACCEPTED)
  SigningRequestView check(@PathVariable String id) {
    return messages.send(Message.CHECK_STATUS, id);
  }

  @Operation(summary = "Cancel a signing request that awaits signatures or has a problem")
  @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
  @PostMapping("/{id}/cancel")
  @ResponseStatus(HttpStatus.ACCEPTED)
  SigningRequestView cancel(@PathVariable String id) {
    return messages.send(Message.CANCEL_SIGNING, id);
  }

  @Operation(
      summary = "Remind those who have not signed",
      description =
          "Checks in SignSpace first; no one is reminded if no signature is missing any more.")
  @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
  @PostMapping("/{id}/remind")
  @ResponseStatus(HttpStatus.ACCEPTED)
  SigningRequestView remind(@PathVariable String id) {
    return messages.remind(id);
  }

  @Operation(summary = "Re-open a signing request that is cancelled or on hold")
  @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
  @PostMapping("/{id}/reopen")
  @ResponseStatus(HttpStatus.ACCEPTED)
  SigningRequestView reopen(@PathVariable String id) {
    return messages.send(Message.REOPEN_SIGNING, id);
  }

  @Operation(
      summary = "Have the webhook's messages about a signing request sent again",
      description =
          "202 means that the messages wait to be sent, each with a new webhook-id and its former"
              + " sequence; 409 that there is none yet, or that there is no webhook.")
  @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
  @PostMapping("/{id}/webhook")
  @ResponseStatus(HttpStatus.ACCEPTED)
  SigningRequestView repeatWebhook(@PathVariable String id) {
    return webhook.send(id);
  }

  @Operation(
      summary = "Replace the documents to be signed",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = FORM,
                      schema = @Schema(implementation = ApiSchemas.NewDocuments.class))))
  @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
  @PutMapping(path = "/{id}/documents", consumes = FORM)
  @ResponseStatus(HttpStatus.ACCEPTED)
  SigningRequestView replaceDocuments(
      @PathVariable String id, @Parameter(hidden = true) MultipartHttpServletRequest form) {
    return messages.replaceDocuments(id, reader.readDocuments(form));
  }

  @Operation(
      summary = "Correct and send a signing request again",
      description =
          "The corrected request is validated, the request in SignSpace is cancelled, and another one"
              + " is created. 409 means that this is not possible in its current state.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = FORM,
                      schema = @Schema(implementation = ApiSchemas.Corrections.class))))
  @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
  @PostMapping(path = "/{id}/send-again", consumes = FORM)
  @ResponseStatus(HttpStatus.ACCEPTED)
  SigningRequestView sendAgain(
      @PathVariable String id, @Parameter(hidden = true) MultipartHttpServletRequest form) {
    return messages.sendAgain(id, reader.readCorrection(form));
  }

  @Operation(summary = "Download a signed document")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.ALL_VALUE,
              schema = @Schema(type = "string", format = "binary")))
  @GetMapping("/{id}/signed-documents/{number}")
  ResponseEntity<InputStreamResource> download(@PathVariable String id, @PathVariable int number) {
    FileValue document = queries.signedDocument(id, number);
    return ResponseEntity.ok()
        .contentType(mediaType(document.getMimeType()))
        .headers(Attachment.headers(document.getFilename()))
        .body(new InputStreamResource(document.getValue()));
  }

  @Operation(
      summary = "Download the evidence of the signatures",
      description =
          "A JWS (ES256) over what was sent, to whom, who signed when and what came back; the keys"
              + " are at /api/evidence-keys. It is returned as stored, genuine or not.")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(mediaType = EVIDENCE, schema = @Schema(type = "string", format = "binary")))
  @GetMapping("/{id}/evidence")
  ResponseEntity<InputStreamResource> evidence(@PathVariable String id) {
    FileValue evidence = queries.evidence(id);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(EVIDENCE))
        .headers(Attachment.headers(evidence.getFilename()))
        .body(new InputStreamResource(evidence.getValue()));
  }

  @Operation(
      summary = "List what has happened to a signing request, oldest first",
      description = "Status checks are summarised: one event, at the time of the last one.")
  @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
  @GetMapping("/{id}/events")
  List<RequestEvent> events(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false)
          @Nullable String acceptLanguage) {
    return events.of(id, acceptLanguage);
  }

  private static MediaType mediaType(@Nullable String given) {
    try {
      return MediaType.parseMediaType(Objects.requireNonNullElse(given, ""));
    } catch (InvalidMediaTypeException e) {
      return MediaType.APPLICATION_OCTET_STREAM;
    }
  }
}

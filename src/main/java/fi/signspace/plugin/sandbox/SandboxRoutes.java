package fi.signspace.plugin.sandbox;

import fi.signspace.plugin.sandbox.fault.FaultControl;
import fi.signspace.plugin.sandbox.page.RequestControl;
import fi.signspace.plugin.sandbox.page.SandboxPage;
import fi.signspace.plugin.sandbox.page.StateControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The routes of the sandbox. */
final class SandboxRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(SandboxRoutes.class);

  private static final String CONTROL = "/sandbox/control";

  private SandboxRoutes() {}

  static RouterFunction<ServerResponse> api(TokenApi token, FilesApi files, TasksApi tasks) {
    return RouterFunctions.route()
        .POST(Operation.TOKEN.path(), token::issue)
        .add(withToken(token, files, tasks))
        .route(RequestPredicates.path(Operation.TOKEN_PATH), SandboxRoutes::unknown)
        .onError(RefusalException.class, SandboxRoutes::rejected)
        .onError(RuntimeException.class, SandboxRoutes::failed)
        .build();
  }

  /**
   * A separate builder, because error handlers do not handle exceptions of filters in the same
   * builder.
   */
  private static RouterFunction<ServerResponse> withToken(
      TokenApi token, FilesApi files, TasksApi tasks) {
    return RouterFunctions.route()
        .before(token::checked)
        .POST(Operation.FILES_CREATE.path(), files::create)
        .GET(Operation.FILES_DOWNLOAD.path(), files::download)
        .POST(Operation.CREATE.path(), tasks::create)
        .POST(Operation.UPDATE.path(), tasks::update)
        .GET(Operation.LIST.path(), tasks::list)
        .GET(Operation.GET.path(), tasks::get)
        .POST(Operation.CANCEL.path(), tasks::cancel)
        .POST(Operation.OPEN.path(), tasks::open)
        .route(RequestPredicates.path(Operation.API + "/**"), SandboxRoutes::unknown)
        .build();
  }

  static RouterFunction<ServerResponse> control(
      RequestControl requests, FaultControl faults, StateControl state) {
    return RouterFunctions.route()
        .GET(CONTROL + "/state", state::export)
        .PUT(CONTROL + "/state", state::replace)
        .DELETE(CONTROL + "/state", state::clear)
        .GET(CONTROL + "/requests", requests::list)
        .GET(CONTROL + "/requests/{id}", requests::get)
        .POST(CONTROL + "/requests/{id}/sign", requests::sign)
        .POST(CONTROL + "/requests/{id}/decline", requests::decline)
        .POST(CONTROL + "/requests/{id}/report", requests::report)
        .POST(CONTROL + "/requests/{id}/park", requests::park)
        .POST(CONTROL + "/requests/{id}/exchange", requests::exchange)
        .POST(CONTROL + "/requests/{id}/expire", requests::expire)
        .POST(CONTROL + "/requests/{id}/delete", requests::delete)
        .POST(CONTROL + "/requests/{id}/hold", requests::hold)
        .POST(CONTROL + "/requests/{id}/cancel", requests::cancel)
        .POST(CONTROL + "/requests/{id}/open", requests::open)
        .POST(CONTROL + "/requests/{id}/complete", requests::complete)
        .GET(CONTROL + "/faults", faults::show)
        .PUT(CONTROL + "/faults", faults::replace)
        .POST(CONTROL + "/faults", faults::add)
        .DELETE(CONTROL + "/faults", faults::clear)
        .POST(CONTROL + "/tokens/revoke", faults::revokeTokens)
        .GET(CONTROL + "/calls", faults::showCalls)
        .DELETE(CONTROL + "/calls", faults::clearCalls)
        .onError(RefusalException.class, SandboxRoutes::rejected)
        .build();
  }

  static RouterFunction<ServerResponse> page(SandboxPage page) {
    return RouterFunctions.route()
        .GET("/sandbox", page::page)
        .GET(
            "/sandbox/",
            request -> ServerResponse.permanentRedirect(SandboxPage.path(request)).build())
        .GET("/sandbox/requests/{id}", page::page)
        .GET("/sandbox/sandbox.css", page::style)
        .GET("/sandbox/sandbox.js", page::script)
        .GET("/sandbox/documents/{id}", page::document)
        .onError(RefusalException.class, SandboxRoutes::rejected)
        .build();
  }

  private static ServerResponse unknown(ServerRequest request) {
    throw Operation.ofPath(request.path())
        .map(
            operation ->
                RefusalException.of(405, "method_not_allowed", "Use " + operation.method()))
        .orElseGet(() -> RefusalException.notFound("There is no endpoint " + request.path()));
  }

  private static ServerResponse rejected(Throwable error, ServerRequest request) {
    RefusalException refusalException = (RefusalException) error;
    return Json.respond(refusalException.status(), refusalException.problem());
  }

  private static ServerResponse failed(Throwable error, ServerRequest request) {
    LOG.error("The sandbox failed at {}", request.path(), error);
    return Json.respond(
        500, new RefusalException.Problem("internal_error", "See the log of the sandbox"));
  }
}

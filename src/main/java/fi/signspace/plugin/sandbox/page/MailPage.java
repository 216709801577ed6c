package fi.signspace.plugin.sandbox.page;

import fi.signspace.plugin.sandbox.Json;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Shows the mails that the sandbox has received. */
public final class MailPage {

  private final Mailbox mailbox;

  public MailPage(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  public RouterFunction<ServerResponse> routes() {
    return RouterFunctions.route()
        .GET("/sandbox/control/mails", request -> Json.respond(mailbox.newestFirst()))
        .DELETE("/sandbox/control/mails", this::clear)
        .GET("/sandbox/mails/{id}", this::html)
        .build();
  }

  private ServerResponse clear(ServerRequest request) {
    mailbox.clear();
    return ServerResponse.noContent().build();
  }

  /** A mail as a browser displays it, without scripts. */
  private ServerResponse html(ServerRequest request) {
    return mailbox
        .find(request.pathVariable("id"))
        .map(
            mail ->
                Json.respond(
                    SandboxPage.contained(
                        new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8)),
                    mail.html().getBytes(StandardCharsets.UTF_8)))
        .orElseGet(() -> ServerResponse.notFound().build());
  }
}

package fi.signspace.plugin.e2e;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** One of the two URLs of the engine's REST API, used as one user. */
interface EngineEndpoint {

  /** A call of the engine's REST API. */
  record Call(String method, String path, String body, String contentType) {

    static Call of(String method, String path, String json) {
      return new Call(method, path, json, "application/json");
    }
  }

  HttpResponse<String> send(Call call);

  /** {@code /engine-rest} with a password; without a login, anonymously. */
  static EngineEndpoint engineRest(int port, @Nullable Login login) {
    Web web = new Web(port);
    return call -> {
      HttpRequest.Builder request = request(web.to("/engine-rest" + call.path()), call);
      return send(web, login == null ? request : login.applyTo(request));
    };
  }

  /** {@code /camunda/api} with the session of a web app; without a login, anonymously. */
  static EngineEndpoint webApp(int port, @Nullable Login login) throws IOException {
    Web web = new Web(port);
    if (login == null) {
      web.get("/camunda/app/tasklist/default/");
    } else {
      web.logIn("tasklist", login);
    }
    return call ->
        send(
            web,
            request(web.to("/camunda/api/engine/engine/default" + call.path()), call)
                .header("X-XSRF-TOKEN", web.token()));
  }

  private static HttpRequest.Builder request(HttpRequest.Builder request, Call call) {
    return call.body().isEmpty()
        ? request.method(call.method(), BodyPublishers.noBody())
        : request
            .header("Content-Type", call.contentType())
            .method(call.method(), BodyPublishers.ofString(call.body()));
  }

  private static HttpResponse<String> send(Web web, HttpRequest.Builder request) {
    try {
      return web.send(request);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

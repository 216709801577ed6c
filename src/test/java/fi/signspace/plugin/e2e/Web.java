package fi.signspace.plugin.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Plain HTTP like a browser with cookies, or an attacker. */
final class Web {

  private final CookieManager cookies = new CookieManager();
  private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();
  private final int port;

  Web(int port) {
    this.port = port;
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
  }

  HttpRequest.Builder post(String path, String json) {
    return to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  int status(HttpRequest.Builder request) throws IOException {
    return send(request).statusCode();
  }

  int get(String path) throws IOException {
    return status(to(path));
  }

  int get(String path, Login login) throws IOException {
    return status(login.applyTo(to(path)));
  }

  /** Logs in to a web app, as its page does. */
  int logIn(String app, Login login) throws IOException {
    get("/camunda/app/" + app + "/default/");
    int status =
        status(
            to("/camunda/api/admin/auth/user/default/login/" + app)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-XSRF-TOKEN", token())
                .POST(
                    BodyPublishers.ofString(
                        "username=%s&password=%s".formatted(login.user(), login.password()))));
    // the new session has a token of its own
    get("/camunda/app/" + app + "/default/");
    return status;
  }

  /** The CSRF header of the web apps' pages. */
  String token() {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElseThrow();
  }

  /** Requests an unencoded path, and returns the status line. */
  String rawGet(String path) throws IOException {
    return raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }

  /** Sends raw text and returns the status line. */
  String raw(String text) throws IOException {
    try (Socket socket = send(text)) {
      byte[] response = socket.getInputStream().readNBytes(12);
      return new String(response, StandardCharsets.ISO_8859_1);
    }
  }

  /** Sends raw text and returns the status line and headers. */
  String rawHead(String text) throws IOException {
    StringBuilder head = new StringBuilder();
    try (Socket socket = send(text)) {
      InputStream response = socket.getInputStream();
      for (int read = response.read(); read >= 0; read = response.read()) {
        head.append((char) read);
        if (head.lastIndexOf("\r\n\r\n") >= 0) {
          break;
        }
      }
    }
    return head.toString();
  }

  /** Sends raw text from an address that is no trusted proxy, and returns the status line. */
  String rawByStranger(String text) throws IOException {
    InetAddress stranger = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, stranger, 0)) {
      return status(socket, text);
    }
  }

  private static String status(Socket socket, String text) throws IOException {
    socket.setSoTimeout(30_000);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
  }

  private Socket send(String text) throws IOException {
    Socket socket = new Socket("localhost", port);
    socket.setSoTimeout(30_000);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }
}

package fi.signspace.plugin.api.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail relay that can refuse commands and stop responding at any of them. */
final class ScriptedRelay implements AutoCloseable {

  /** The moments of an exchange at which it may freeze. */
  enum Moment {
    GREETING,
    EHLO,
    RCPT,
    DATA,
    END
  }

  /** Takes no response: the client waits. */
  private static final String SILENCE = "";

  private final ServerSocket server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final Map<String, String> responses = new ConcurrentHashMap<>();
  final List<Received> received = new CopyOnWriteArrayList<>();
  final List<String> attempts = new CopyOnWriteArrayList<>();

  /** A mail whose final dot was read, whether or not that was confirmed. */
  record Received(String from, String to, String content) {

    String header(String name) {
      return content
          .lines()
          .takeWhile(line -> !line.isEmpty())
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT)))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  ScriptedRelay() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void freezeAt(Moment moment) {
    responses.put(moment.name(), SILENCE);
  }

  /** Responds to a recipient, or to a moment, with this line. */
  void respond(String to, String line) {
    responses.put(to, line);
  }

  void behave() {
    responses.clear();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        open.add(client);
        start(() -> serve(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = client.getOutputStream();
      say(out, Moment.GREETING.name(), "220 relay");
      String from = "";
      String to = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String command = line.toUpperCase(Locale.ROOT);
        if (command.startsWith("EHLO")) {
          say(out, Moment.EHLO.name(), "250 relay");
        } else if (command.startsWith("MAIL")) {
          from = address(line);
          say(out, "MAIL", "250 ok");
        } else if (command.startsWith("RCPT")) {
          to = address(line);
          attempts.add(to);
          say(out, responses.containsKey(to) ? to : Moment.RCPT.name(), "250 ok");
        } else if (command.startsWith("DATA")) {
          say(out, Moment.DATA.name(), "354 go on");
          Optional<String> content = content(in);
          if (content.isPresent()) {
            received.add(new Received(from, to, content.get()));
            say(out, Moment.END.name(), "250 queued");
          }
        } else {
          say(out, "OTHER", command.startsWith("QUIT") ? "221 bye" : "250 ok");
        }
      }
    } catch (IOException e) {
      // the client has left
    }
  }

  /** Returns empty if the client leaves before the final dot. */
  private static Optional<String> content(BufferedReader in) throws IOException {
    StringBuilder content = new StringBuilder();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals(".")) {
        return Optional.of(content.toString());
      }
      content.append(line).append('\n');
    }
    return Optional.empty();
  }

  private static String address(String line) {
    return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
  }

  private void say(OutputStream out, String moment, String line) throws IOException {
    String response = responses.getOrDefault(moment, line);
    if (!response.equals(SILENCE)) {
      out.write((response + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket client : open) {
      client.close();
    }
  }
}

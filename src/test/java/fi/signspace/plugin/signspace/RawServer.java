package fi.signspace.plugin.signspace;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server with arbitrary protocol violations; it handles one connection at a time. */
final class RawServer implements AutoCloseable {

  /** Handles a connection after the request headers have been read. */
  interface Manners {
    void response(InputStream in, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Manners manners;

  RawServer(Manners manners) throws IOException {
    this.manners = manners;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "http://localhost:" + server.getLocalPort();
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        readHead(socket.getInputStream());
        manners.response(socket.getInputStream(), socket.getOutputStream());
      } catch (IOException e) {
        // the client disconnected, or the test has ended
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void readHead(InputStream in) throws IOException {
    int ended = 0;
    while (ended < 4) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      ended = next == '\r' || next == '\n' ? ended + 1 : 0;
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

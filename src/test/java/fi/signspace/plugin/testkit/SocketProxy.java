package fi.signspace.plugin.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A TCP proxy between two components, with which a test can disturb their connections: engine,
 * worker, database, SignSpace, webhook receiver. A disturbance applies to open and new connections.
 */
public final class SocketProxy implements AutoCloseable {

  private enum Mode {
    PASS,
    FREEZE,
    FREEZE_LATER,
    TRUNCATE,
    RESET
  }

  private final int target;
  private final ServerSocket server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "socket-proxy");
            thread.setDaemon(true);
            return thread;
          });
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Object change = new Object();
  private Mode mode = Mode.PASS;
  private Duration delay = Duration.ZERO;
  private long bytesLeft;

  /**
   * @param target a local port
   */
  public SocketProxy(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Ends the disturbance; held data is forwarded. */
  public void pass() {
    set(Mode.PASS, Duration.ZERO, 0);
  }

  /** Connections stay open and new ones are accepted, but no data is forwarded. */
  public void freeze() {
    set(Mode.FREEZE, Duration.ZERO, 0);
  }

  /** Forwards no data after this many response bytes on all connections. */
  public void freezeAfter(long bytes) {
    set(Mode.FREEZE_LATER, Duration.ZERO, bytes);
  }

  /** Delays every chunk. */
  public void delay(Duration time) {
    set(Mode.PASS, time, 0);
  }

  /** Closes connections after this many response bytes on all connections. */
  public void truncateAfter(long bytes) {
    set(Mode.TRUNCATE, Duration.ZERO, bytes);
  }

  /** Resets connections, as after a crash and restart of the peer. */
  public void reset() {
    set(Mode.RESET, Duration.ZERO, 0);
    open.forEach(SocketProxy::breakOff);
  }

  private void set(Mode next, Duration time, long bytes) {
    synchronized (change) {
      mode = next;
      delay = time;
      bytesLeft = bytes;
      change.notifyAll();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        threads.execute(() -> connect(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void connect(Socket client) {
    open.add(client);
    try {
      if (await() == Mode.RESET) {
        breakOff(client);
        return;
      }
      Socket peer = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(peer);
      threads.execute(() -> pump(client, peer, false));
      pump(peer, client, true);
    } catch (IOException | InterruptedException e) {
      breakOff(client);
    }
  }

  private void pump(Socket from, Socket to, boolean isResponse) {
    byte[] buffer = new byte[16 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        int passed = passed(count, isResponse);
        out.write(buffer, 0, passed);
        out.flush();
        if (passed < count && await() == Mode.TRUNCATE) {
          return;
        }
        out.write(buffer, passed, count - passed);
        out.flush();
      }
    } catch (IOException | InterruptedException e) {
      // one side has closed the connection
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  /** Waits while the chunk is held. */
  private int passed(int count, boolean isResponse) throws IOException, InterruptedException {
    TimeUnit.NANOSECONDS.sleep(delay().toNanos());
    Mode now = await();
    if (now == Mode.RESET) {
      throw new SocketException("reset");
    }
    synchronized (change) {
      if (!isResponse || (now != Mode.TRUNCATE && now != Mode.FREEZE_LATER)) {
        return count;
      }
      int passed = (int) Math.min(count, bytesLeft);
      bytesLeft -= passed;
      if (passed < count && now == Mode.FREEZE_LATER) {
        mode = Mode.FREEZE;
      }
      return passed;
    }
  }

  private Duration delay() {
    synchronized (change) {
      return delay;
    }
  }

  private Mode await() throws InterruptedException {
    synchronized (change) {
      while (mode == Mode.FREEZE) {
        change.wait();
      }
      return mode;
    }
  }

  private static void breakOff(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // already closed
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      open.forEach(SocketProxy::breakOff);
      threads.shutdownNow();
    }
  }
}

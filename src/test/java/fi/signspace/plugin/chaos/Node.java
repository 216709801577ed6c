package fi.signspace.plugin.chaos;

import static org.awaitility.Awaitility.await;

import fi.signspace.plugin.SigningApplication;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The application in a process of its own, which can be killed as by a power cut, and started again
 * at the same address. Its log is in {@code target/chaos}.
 */
final class Node {

  private static final Path LOGS = Path.of("target", "chaos");
  private static final Duration LONGEST_START = Duration.ofMinutes(3);

  private final String name;
  private final int port = freePort();
  private final Map<String, String> environment;
  private @Nullable Process process;

  /**
   * @param environment on top of that of this process
   */
  Node(String name, Map<String, String> environment) {
    this.name = name;
    this.environment = new TreeMap<>(environment);
    this.environment.put("SERVER_PORT", String.valueOf(port));
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
  }

  int port() {
    return port;
  }

  boolean isRunning() {
    return process != null && process.isAlive();
  }

  void start() {
    try {
      Files.createDirectories(LOGS);
      // a short life: compiling quickly matters more than compiling well
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx320m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  classPath(),
                  SigningApplication.class.getName())
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(LOGS.resolve(name + ".log").toFile()));
      builder.environment().putAll(environment);
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitReady() {
    await(name).atMost(LONGEST_START).until(this::isReady);
  }

  /** No farewell: what the process has not sent or written by now is lost. */
  void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      running.onExit().join();
    }
  }

  private boolean isReady() throws IOException {
    if (!isRunning()) {
      throw new IllegalStateException(
          "%s has ended, see %s".formatted(name, LOGS.resolve(name + ".log")));
    }
    URI readiness = URI.create("http://localhost:%d/actuator/health/readiness".formatted(port));
    try {
      return ((HttpURLConnection) readiness.toURL().openConnection()).getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

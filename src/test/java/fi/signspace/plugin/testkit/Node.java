package fi.signspace.plugin.testkit;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An application in a separate process, which can be killed abruptly and restarted at the same
 * address. By default, its log is in {@code target/nodes}.
 */
public final class Node {

  private static final Path LOGS = Path.of("target", "nodes");
  static final String READINESS = "/actuator/health/readiness";
  private static final Duration MAX_RESPONSE = Duration.ofSeconds(30);
  private static final Duration MAX_START = Duration.ofMinutes(5);

  private final String name;
  private final int port = freePort();
  private final URI readiness;
  private final List<String> command;
  private final Map<String, String> environment;
  private List<String> prefix = List.of();
  private Path log;
  private @Nullable File folder;
  private @Nullable Process process;

  /**
   * A node of the compiled product.
   *
   * @param environment variables in addition to those of this process
   */
  public Node(String name, Map<String, String> environment) {
    this(name, product(ProductClasses.jvmOptions()), READINESS, environment);
  }

  /**
   * @param command starts an application at the port in {@code SERVER_PORT}
   * @param readiness the path that responds, or requires a login, when the application is ready
   * @param environment variables in addition to those of this process
   */
  public Node(
      String name, List<String> command, String readiness, Map<String, String> environment) {
    this.name = name;
    this.log = LOGS.resolve(name + ".log");
    this.readiness = URI.create("http://localhost:%d%s".formatted(port, readiness));
    this.command = List.copyOf(command);
    this.environment = new TreeMap<>(environment);
    this.environment.put("SERVER_PORT", String.valueOf(port));
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
  }

  /** Sets the working directory. */
  public Node in(Path workingFolder) {
    folder = workingFolder.toFile();
    return this;
  }

  /** Sets the folder of all files, including log and temporary files. */
  public Node withAllFilesIn(Path onlyFolder) {
    log = onlyFolder.resolve("application.log");
    environment.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + onlyFolder);
    return in(onlyFolder);
  }

  /**
   * Gives the process its own clock.
   *
   * @param time in the format of faketime: {@code +300s}, or {@code @2026-10-25 00:59:00} in its
   *     zone
   */
  public Node withClock(String time) {
    prefix = List.of("faketime", "--exclude-monotonic", "-f", time);
    return this;
  }

  public int port() {
    return port;
  }

  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  public void start() {
    try {
      Files.createDirectories(LOGS);
      ProcessBuilder builder =
          new ProcessBuilder(Stream.concat(prefix.stream(), command.stream()).toList())
              .directory(folder)
              .redirectErrorStream(true)
              .redirectOutput(
                  // a restart continues the log; an earlier run of the test is not part of it
                  process == null
                      ? ProcessBuilder.Redirect.to(log.toFile())
                      : ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void awaitReady() {
    await(name).atMost(MAX_START).until(this::isReady);
  }

  /** Kills the process abruptly: data that is not sent or written is lost. */
  public void kill() {
    Process running = process;
    if (running != null) {
      // faketime starts the node as its child
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly();
      running.onExit().join();
    }
  }

  /** Stops the process gracefully and waits for its end. */
  public int stop() {
    Process running = Objects.requireNonNull(process);
    running.destroy();
    return running.onExit().join().exitValue();
  }

  /**
   * Waits for an application that ends on its own.
   *
   * @return its exit code
   */
  public int awaitEnd() {
    await(name).atMost(MAX_START).until(() -> !isRunning());
    return Objects.requireNonNull(process).exitValue();
  }

  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the application is ready. */
  public boolean isReady() throws IOException {
    if (!isRunning()) {
      throw new IllegalStateException("%s has ended, see %s".formatted(name, log));
    }
    try {
      HttpURLConnection connection = (HttpURLConnection) readiness.toURL().openConnection();
      connection.setReadTimeout((int) MAX_RESPONSE.toMillis());
      int status = connection.getResponseCode();
      return status == HttpURLConnection.HTTP_OK || status == HttpURLConnection.HTTP_UNAUTHORIZED;
    } catch (IOException e) {
      return false;
    }
  }

  static List<String> product(List<String> jvmOptions) {
    return javaCommand(
        Stream.concat(jvmOptions.stream(), Stream.of(SigningApplication.class.getName()))
            .toArray(String[]::new));
  }

  /** Optimizes for short-lived processes: fast compilation instead of optimized code. */
  static List<String> javaCommand(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

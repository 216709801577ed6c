package fi.signspace.plugin.benchmark;

import static org.awaitility.Awaitility.await;

import fi.signspace.plugin.SigningApplication;
import fi.signspace.plugin.e2e.ApiClient;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Login;
import fi.signspace.plugin.e2e.SandboxControl;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The application in a separate process as in production: only the JVM settings under test. Reports
 * the received engine calls and the used resources. Its log is in {@code target/benchmark}.
 */
public final class Application implements AutoCloseable {

  private static final String WORKER_PASSWORD = "of-the-workers";

  /** Check intervals of production instead of the demo. */
  static final Map<String, String> RARE_CHECKS =
      Map.of(
          "SIGNSPACE_STATUS_CHECK_FIRST_WAIT", "5m",
          "SIGNSPACE_STATUS_CHECK_LONGEST_WAIT", "12h");

  /** An engine without workers. */
  static final Map<String, String> ENGINE_ONLY =
      Map.of(
          "SPRING_PROFILES_ACTIVE", "engine",
          "SIGNSPACE_WORKER_PASSWORD", WORKER_PASSWORD,
          "SPRING_DATASOURCE_URL", "jdbc:h2:mem:engine");

  private static final Path LOGS = Path.of("target", "benchmark").toAbsolutePath();
  private static final Duration MAX_START = Duration.ofMinutes(5);
  private static final double TICKS_PER_SECOND = 100;
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

  private final String name;
  private final int port = freePort();
  private final Process process;
  private final Duration startTime;

  /**
   * Starts the application and waits until it is ready.
   *
   * @param environment variables in addition to those of this process
   */
  public Application(String name, Map<String, String> environment, String... jvmOptions) {
    this(name, SigningApplication.class, classPath("test-classes"), environment, jvmOptions);
  }

  /** The empty application, without the product's classes. */
  static Application empty(String name, Map<String, String> environment) {
    return new Application(
        name,
        EmptyApplication.class,
        classPath("classes"),
        environment,
        "-Dspring.config.name=none",
        "-Dspringdoc.api-docs.enabled=false",
        "-Dmanagement.endpoint.health.probes.enabled=true");
  }

  private Application(
      String name,
      Class<?> main,
      String classPath,
      Map<String, String> environment,
      String... jvmOptions) {
    this.name = name;
    long start = System.nanoTime();
    process = start(main, classPath, environment, List.of(jvmOptions));
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    await(name).atMost(MAX_START).pollInterval(Duration.ofMillis(50)).until(this::isReady);
    startTime = Duration.ofNanos(System.nanoTime() - start);
  }

  private Process start(
      Class<?> main, String classPath, Map<String, String> environment, List<String> jvmOptions) {
    try {
      Files.createDirectories(LOGS);
      Files.deleteIfExists(accessLog());
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(jvmOptions);
      command.addAll(List.of("-cp", classPath, main.getName()));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(LOGS.resolve(name + ".log").toFile());
      Map<String, String> all = new TreeMap<>(environment);
      all.put("SERVER_PORT", String.valueOf(port));
      all.put("SERVER_TOMCAT_ACCESSLOG_ENABLED", "true");
      all.put("SERVER_TOMCAT_ACCESSLOG_DIRECTORY", LOGS.toString());
      all.put("SERVER_TOMCAT_ACCESSLOG_PREFIX", name + "-calls");
      all.put("SERVER_TOMCAT_ACCESSLOG_ROTATE", "false");
      all.put("SERVER_TOMCAT_ACCESSLOG_BUFFERED", "false");
      all.put("SERVER_TOMCAT_ACCESSLOG_PATTERN", "%m %U");
      builder.environment().putAll(all);
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  EngineRest engine() {
    return new EngineRest(port);
  }

  EngineRest engine(Login login) {
    return new EngineRest(port, login);
  }

  SandboxControl sandbox() {
    return new SandboxControl(port);
  }

  ApiClient api() {
    return api(Login.DEMO);
  }

  ApiClient api(Login login) {
    return new ApiClient(port, login);
  }

  public String url() {
    return "http://localhost:" + port;
  }

  /** Returns the settings for a worker of this engine and sandbox. */
  Map<String, String> forWorker() {
    Map<String, String> environment = new TreeMap<>(asSignSpace());
    environment.put("SPRING_PROFILES_ACTIVE", "worker");
    environment.put("CAMUNDA_BPM_CLIENT_BASE_URL", url() + "/engine-rest");
    environment.put("SIGNSPACE_WORKER_PASSWORD", WORKER_PASSWORD);
    return environment;
  }

  /** Returns the settings of an application that calls this sandbox. */
  Map<String, String> asSignSpace() {
    return Map.of(
        "SIGNSPACE_API_URL", url() + "/sandbox/api/v1",
        "SIGNSPACE_TOKEN_URL", url() + "/sandbox/auth/token",
        "SIGNSPACE_CLIENT_ID", "sandbox",
        "SIGNSPACE_CLIENT_SECRET", "sandbox",
        "SIGNSPACE_ACTING_HANDLE", "robot@sandbox.example");
  }

  /** The time from the start of the process until readiness. */
  Duration startTime() {
    return startTime;
  }

  /** The calls received so far: method and path. */
  long calls(Predicate<String> kind) {
    try (Stream<String> lines = Files.lines(accessLog())) {
      return lines.filter(kind).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The CPU time of the process on all cores. */
  Duration cpuTime() {
    String[] fields = proc("stat").replaceFirst(".*\\) ", "").split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return Duration.ofMillis(Math.round(1000 * ticks / TICKS_PER_SECOND));
  }

  /** The peak resident memory of the process. */
  long peakMegabytes() {
    return proc("status")
            .lines()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum()
        / 1024;
  }

  /** The objects that a full collection leaves, without what is allocated after it. */
  long liveHeapKilobytes() {
    Matcher total = TOTAL.matcher(jcmd("GC.class_histogram"));
    if (!total.find()) {
      throw new IllegalStateException("jcmd does not tell the size of all objects");
    }
    return Long.parseLong(total.group(1)) / 1024;
  }

  private String jcmd(String command) {
    try {
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  String.valueOf(process.pid()),
                  command)
              .redirectErrorStream(true)
              .start();
      return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String proc(String file) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The log so far. */
  public String log() {
    try {
      return Files.readString(LOGS.resolve(name + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path accessLog() {
    return LOGS.resolve(name + "-calls.log");
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private boolean isReady() throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException(name + " has ended, see " + LOGS);
    }
    URI readiness = URI.create(url() + "/actuator/health/readiness");
    try {
      return ((HttpURLConnection) readiness.toURL().openConnection()).getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static String classPath(String without) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).endsWith(without))
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

package fi.signspace.plugin.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fi.signspace.plugin.e2e.Login;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The roles of nodes, and their common timeouts. */
public final class Nodes {

  /** Short timeouts for fast tests; their proportions are those of production. */
  public static final Map<String, String> TIMES =
      Map.of(
          "SIGNSPACE_CONNECT_TIMEOUT", "1s",
          "SIGNSPACE_READ_TIMEOUT", "8s",
          "SIGNSPACE_WORKER_LONG_POLLING", "1s",
          "SIGNSPACE_WORKER_SETTLE_TIME", "5s",
          "SIGNSPACE_WORKER_RETRY_LONGEST_WAIT", "10s");

  private static final String WORKER_PASSWORD = "of-the-workers-of-this-suite";

  /** Engine and sandbox in one process, never killed. */
  public static Node engineWithSandbox() {
    return new Node(
        "engine-and-sandbox",
        Map.of(
            "SPRING_PROFILES_ACTIVE", "engine",
            "SPRING_DATASOURCE_URL", "jdbc:h2:mem:chaos",
            "SIGNSPACE_WORKER_PASSWORD", WORKER_PASSWORD));
  }

  /**
   * Engine, workers and sandbox in one process.
   *
   * @param database the database settings
   */
  public static Node whole(
      String name, Map<String, String> database, Map<String, String> settings) {
    Map<String, String> environment = new TreeMap<>(database);
    environment.put("SIGNSPACE_WORKER_LONG_POLLING", "1s");
    environment.putAll(settings);
    return new Node(name, environment);
  }

  /**
   * Engine and workers in one process, with an external sandbox.
   *
   * @param jar of another version of the product; empty: the compiled product
   */
  public static Node whole(
      String name, Optional<Path> jar, int sandboxPort, Map<String, String> settings) {
    Map<String, String> environment = signSpace(sandboxPort);
    environment.put("CAMUNDA_BPM_ADMINUSER_ID", Login.DEMO.user());
    environment.put("CAMUNDA_BPM_ADMINUSER_PASSWORD", Login.DEMO.password());
    environment.putAll(TIMES);
    environment.putAll(settings);
    return jar.map(
            file ->
                new Node(
                    name, Node.javaCommand("-jar", file.toString()), Node.READINESS, environment))
        .orElseGet(() -> new Node(name, environment));
  }

  /** A worker with its own sandbox. */
  public static Node workerWithSandbox(String name, Node engine, Map<String, String> settings) {
    Map<String, String> environment = new TreeMap<>(settings);
    serve(engine.port(), environment);
    environment.put("SIGNSPACE_WORKER_LONG_POLLING", "1s");
    return new Node(name, environment);
  }

  /**
   * @param database the database settings
   */
  public static Node engine(String name, Map<String, String> database, Node sandbox) {
    return engine(name, database, sandbox.port());
  }

  /**
   * @param database the database settings
   */
  public static Node engine(String name, Map<String, String> database, int sandboxPort) {
    Map<String, String> environment = signSpace(sandboxPort);
    environment.put("SPRING_PROFILES_ACTIVE", "engine");
    environment.put("CAMUNDA_BPM_ADMINUSER_ID", Login.DEMO.user());
    environment.put("CAMUNDA_BPM_ADMINUSER_PASSWORD", Login.DEMO.password());
    environment.put("SIGNSPACE_WORKER_PASSWORD", WORKER_PASSWORD);
    environment.putAll(database);
    return new Node(name, environment);
  }

  /** The load balancer of docker/ in front of two engines; ready when one of them is. */
  public static Node balancer(Node engine, Node otherEngine) {
    return new Node(
        "balancer",
        List.of("haproxy", "-W", "-db", "-f", "docker/haproxy.cfg"),
        Node.READINESS,
        Map.of(
            "ENGINE_1", "127.0.0.1:" + engine.port(),
            "ENGINE_2", "127.0.0.1:" + otherEngine.port()));
  }

  public static Node worker(String name, Node engine, Node sandbox) {
    return worker(name, engine, sandbox, Map.of());
  }

  public static Node worker(String name, Node engine, Node sandbox, Map<String, String> settings) {
    return worker(name, engine, sandbox.port(), settings);
  }

  public static Node worker(
      String name, Node engine, int sandboxPort, Map<String, String> settings) {
    Map<String, String> environment = signSpace(sandboxPort);
    serve(engine.port(), environment);
    environment.put("SIGNSPACE_WORKER_PASSWORD", WORKER_PASSWORD);
    environment.putAll(TIMES);
    environment.putAll(settings);
    return new Node(name, environment);
  }

  /**
   * @param port of an application with engine and sandbox
   */
  public static Node workerAt(String name, int port, Map<String, String> settings) {
    Map<String, String> environment = signSpace(port);
    serve(port, environment);
    environment.putAll(settings);
    return new Node(name, environment);
  }

  /** Returns the settings for a worker of the engine at a port. */
  private static void serve(int enginePort, Map<String, String> environment) {
    environment.put("SPRING_PROFILES_ACTIVE", "worker");
    environment.put(
        "CAMUNDA_BPM_CLIENT_BASE_URL", "http://localhost:" + enginePort + "/engine-rest");
  }

  /** Returns the settings for an external sandbox. */
  public static Map<String, String> signSpace(int port) {
    String url = "http://localhost:" + port + "/sandbox";
    return new TreeMap<>(
        Map.of(
            "SIGNSPACE_API_URL", url + "/api/v1",
            "SIGNSPACE_TOKEN_URL", url + "/auth/token",
            "SIGNSPACE_CLIENT_ID", "sandbox",
            "SIGNSPACE_CLIENT_SECRET", "sandbox",
            "SIGNSPACE_ACTING_HANDLE", "robot@sandbox.example"));
  }

  /** Skips a test if required programs are missing, unless all tests must run. */
  public static void requireInstalled(String... programs) {
    if (System.getenv("CI") == null) {
      String path = System.getenv("PATH");
      for (String program : programs) {
        assumeTrue(
            Stream.of(path.split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
            program + " is not installed");
      }
    }
  }

  private Nodes() {}
}

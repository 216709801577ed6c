package fi.signspace.plugin.chaos;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The roles that a process can play here, and the times that all of them use. */
final class Nodes {

  /** Short, so that the suite is; what they have to do with each other is as in production. */
  static final Map<String, String> TIMES =
      Map.of(
          "SIGNSPACE_CONNECT_TIMEOUT", "1s",
          "SIGNSPACE_READ_TIMEOUT", "8s",
          "SIGNSPACE_WORKER_LONG_POLLING", "1s",
          "SIGNSPACE_WORKER_SETTLE_TIME", "5s",
          "SIGNSPACE_WORKER_RETRY_LONGEST_WAIT", "10s");

  /** Engine and sandbox, never killed. */
  static Node engineWithSandbox() {
    return new Node(
        "engine-and-sandbox",
        Map.of("SPRING_PROFILES_ACTIVE", "engine", "SPRING_DATASOURCE_URL", "jdbc:h2:mem:chaos"));
  }

  /** An engine with a database that survives it: what is committed is in the file. */
  static Node engineWithFile(Path folder, Node sandbox) {
    Map<String, String> environment = signSpace(sandbox);
    environment.put("SPRING_PROFILES_ACTIVE", "engine");
    environment.put(
        "SPRING_DATASOURCE_URL", "jdbc:h2:file:" + folder.resolve("engine") + ";WRITE_DELAY=0");
    return new Node("engine-with-file", environment);
  }

  static Node worker(String name, Node engine, Node sandbox) {
    return worker(name, engine, sandbox, Map.of());
  }

  static Node worker(String name, Node engine, Node sandbox, Map<String, String> settings) {
    Map<String, String> environment = signSpace(sandbox);
    environment.put("SPRING_PROFILES_ACTIVE", "worker");
    environment.put(
        "CAMUNDA_BPM_CLIENT_BASE_URL", "http://localhost:" + engine.port() + "/engine-rest");
    environment.putAll(TIMES);
    environment.putAll(settings);
    return new Node(name, environment);
  }

  private static Map<String, String> signSpace(Node sandbox) {
    String url = "http://localhost:" + sandbox.port() + "/sandbox";
    return new TreeMap<>(
        Map.of(
            "SIGNSPACE_API_URL", url + "/api/v1",
            "SIGNSPACE_TOKEN_URL", url + "/auth/token",
            "SIGNSPACE_CLIENT_ID", "sandbox",
            "SIGNSPACE_CLIENT_SECRET", "sandbox",
            "SIGNSPACE_ACTING_HANDLE", "robot@sandbox.example"));
  }

  private Nodes() {}
}

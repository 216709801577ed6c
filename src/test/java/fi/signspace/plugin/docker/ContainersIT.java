package fi.signspace.plugin.docker;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Login;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import fi.signspace.plugin.testkit.Postgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * Starts the services of the compose files without containers: the jar is extracted and run by the
 * Dockerfile's commands, with the settings and secrets of the services. Only host names and the
 * folder of secrets differ.
 */
@Tag("long")
class ContainersIT {

  private static final int SIGTERM = 143;
  private static final String READY = "/actuator/health/readiness";
  private static final Dockerfile DOCKERFILE = new Dockerfile();

  @TempDir private static Path image;
  @TempDir private static Path secrets;

  private final Map<String, String> addresses = new TreeMap<>();
  private final List<Node> started = new ArrayList<>();
  private final Postgres postgres = Postgres.start();
  private final StandIn signSpace = new StandIn();

  @BeforeAll
  static void buildImage() throws Exception {
    Nodes.requireInstalled("psql", "haproxy");
    Path build = Files.createDirectories(image.resolve("build"));
    Path app = Files.createDirectories(image.resolve("app"));
    Files.copy(Path.of("target/signspace-process.jar"), build.resolve("signspace-process.jar"));
    run(build, Map.of(), DOCKERFILE.extraction());
    for (String layer : DOCKERFILE.copiedLayers()) {
      FileSystemUtils.copyRecursively(build.resolve(layer), app);
    }
    run(app, Map.of(), DOCKERFILE.classDataSharing());
    DockerFilesTest.makeSecrets(secrets);
    Files.writeString(secrets.resolve("client-secret"), "no secret of a sandbox\n");
  }

  @BeforeEach
  void startSurroundings() throws Exception {
    run(
        Path.of("docker"),
        Map.of(
            "PGHOST",
            "localhost",
            "PGPORT",
            String.valueOf(postgres.port()),
            "PGUSER",
            "postgres",
            "DATABASE_PASSWORD_FILE",
            secrets.resolve("database-password").toString()),
        List.of("bash", "postgres/create-database.sh"));
    addresses.put("postgres:5432", "127.0.0.1:" + postgres.port());
    signSpace.start();
  }

  @AfterEach
  void stop() {
    started.forEach(Node::kill);
    signSpace.close();
    postgres.close();
  }

  @Test
  void one_machine_signs_without_writing_to_its_image_and_stops_on_request() throws Exception {
    List<Path> before = files();

    Node node = start(Compose.read("compose.yaml").service("signspace"));
    node.awaitReady();
    run(
        Path.of("docker"),
        Map.of("SERVER_PORT", String.valueOf(node.port())),
        List.of("./health-check.sh"));

    expectThatItSigns(node);
    expectThatPrometheusMayLook(node);
    assertThat(node.stop()).isEqualTo(SIGTERM);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void a_cluster_signs_and_survives_the_loss_of_an_engine() throws Exception {
    Compose compose = Compose.read("compose.cluster.yaml");

    Node engine = start(compose.service("engine-1"));
    engine.awaitReady();
    Node other = start(compose.service("engine-2"));
    Node balancer = balancer(compose.service("balancer"));
    Node worker = start(compose.service("worker"));
    Node otherWorker = start(compose.service("worker"));
    Stream.of(other, balancer, worker, otherWorker).forEach(Node::awaitReady);

    expectThatItSigns(balancer);
    for (Node node : List.of(engine, other, worker, otherWorker)) {
      expectThatPrometheusMayLook(node);
    }
    assertThat(engine.stop()).isEqualTo(SIGTERM);
    expectThatItSigns(balancer);
    assertThat(worker.stop()).isEqualTo(SIGTERM);
  }

  private Node start(Compose.Service service) throws IOException {
    List<String> command = new ArrayList<>(DOCKERFILE.command("ENTRYPOINT"));
    assertThat(command.get(0)).isEqualTo("java");
    command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Map<String, String> environment = environment(service);
    environment.putAll(signSpace.settings("localhost"));
    // four nodes share this machine; without the class data archive, none starts
    environment.put("JDK_JAVA_OPTIONS", "-Xmx400m -XX:TieredStopAtLevel=1 -Xshare:on");
    return started(
        service,
        new Node("container-" + service.name() + started.size(), command, READY, environment)
            .in(image.resolve("app")));
  }

  private Node balancer(Compose.Service service) throws IOException {
    return started(
        service,
        new Node(
            "container-balancer",
            List.of("haproxy", "-W", "-db", "-f", "docker/haproxy.cfg"),
            READY,
            environment(service)));
  }

  private Node started(Compose.Service service, Node node) {
    addresses.put(service.name() + ":8080", "127.0.0.1:" + node.port());
    started.add(node);
    node.start();
    return node;
  }

  private Map<String, String> environment(Compose.Service service) throws IOException {
    Path mounted = Files.createTempDirectory(secrets, service.name());
    for (Map.Entry<String, String> secret : service.secrets().entrySet()) {
      Files.copy(secrets.resolve(secret.getValue()), mounted.resolve(secret.getKey()));
    }
    Map<String, String> environment = service.environment();
    environment.replaceAll((name, value) -> value.replace("/run/secrets", mounted.toString()));
    addresses.forEach(
        (there, here) -> environment.replaceAll((name, value) -> value.replace(there, here)));
    return environment;
  }

  private void expectThatItSigns(Node node) throws IOException {
    String title = "Lease " + started.size() + System.nanoTime();
    String password = Files.readString(secrets.resolve("admin-password"));
    EngineRest engine = new EngineRest(node.port(), "admin", password);

    String instance = signSpace.startRequest(engine, title);
    signSpace.expectSignature(engine, instance, title);
  }

  private static void expectThatPrometheusMayLook(Node node) throws Exception {
    URI metrics = URI.create("http://localhost:%d/actuator/prometheus".formatted(node.port()));
    Login login = new Login("prometheus", Files.readString(secrets.resolve("scrape-password")));

    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                login.applyTo(HttpRequest.newBuilder(metrics)).build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("jvm_memory_used_bytes");
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(image.resolve("app"))) {
      return files.sorted().toList();
    }
  }

  private static void run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}

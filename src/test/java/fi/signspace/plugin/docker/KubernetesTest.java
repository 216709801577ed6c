package fi.signspace.plugin.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The manifests in docker/kubernetes agree with each other, the image and the settings. */
class KubernetesTest {

  private static final Path FOLDER = Compose.FOLDER.resolve("kubernetes");
  private static final String CONTAINER = "/spec/template/spec/containers/0";

  private final List<JsonNode> manifests = manifests();
  private final Dockerfile dockerfile = new Dockerfile();

  @Test
  void every_setting_is_a_known_property() throws Exception {
    Set<String> known = DockerFilesTest.knownProperties();

    assertThat(ofKind("Deployment"))
        .hasSize(2)
        .allSatisfy(
            deployment ->
                assertThat(environment(deployment).keySet()).isNotEmpty().isSubsetOf(known));
  }

  @Test
  void every_role_has_the_settings_of_its_service_in_the_cluster_of_compose() {
    Compose compose = Compose.read("compose.cluster.yaml");

    assertThat(ofKind("Deployment"))
        .allSatisfy(
            deployment -> {
              String role = deployment.at("/metadata/labels/app.kubernetes.io~1component").asText();
              Compose.Service service = compose.service(role.equals("engine") ? "engine-1" : role);
              Map<String, String> here = environment(deployment);
              assertThat(here.keySet()).isEqualTo(service.environment().keySet());
              assertThat(here)
                  .containsEntry(
                      "SPRING_PROFILES_ACTIVE",
                      service.environment().get("SPRING_PROFILES_ACTIVE"));
            });
  }

  @Test
  void the_secrets_that_the_script_writes_are_those_that_nodes_mount(@TempDir Path folder)
      throws Exception {
    DockerFilesTest.makeSecrets(folder);
    Files.writeString(folder.resolve("client-secret"), "secret of this test");
    Process process = writeSecrets(folder);
    Map<String, Set<String>> written = new TreeMap<>();
    for (JsonNode secret :
        parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))) {
      Set<String> keys = new HashSet<>();
      secret.get("data").fieldNames().forEachRemaining(keys::add);
      written.put(name(secret), keys);
    }
    Set<String> known = DockerFilesTest.knownProperties();

    assertThat(process.waitFor()).isZero();
    assertThat(ofKind("Deployment"))
        .allSatisfy(
            deployment -> {
              Set<String> keys = written.get(secretOf(deployment));
              assertThat(keys)
                  .isNotNull()
                  .containsAll(
                      DockerFilesTest.secretsIn(
                          String.join(" ", environment(deployment).values())));
              assertThat(keys)
                  .filteredOn(key -> !key.endsWith(".pem"))
                  // the name is arbitrary
                  .map(key -> key.replace("signspace.users.prometheus.", "signspace.users.demo."))
                  .allMatch(key -> known.contains(DockerFilesTest.inEnvironment(key)));
            });
    assertThat(written).hasSize(2);
  }

  @Test
  void a_secret_that_is_missing_or_empty_is_named_and_nothing_is_written(@TempDir Path folder)
      throws Exception {
    DockerFilesTest.makeSecrets(folder);
    Files.writeString(folder.resolve("client-secret"), "");

    Process process = writeSecrets(folder);

    assertThat(process.inputReader().lines()).isEmpty();
    assertThat(process.errorReader().lines())
        .containsExactly(folder + "/client-secret is missing or empty");
    assertThat(process.waitFor()).isOne();
  }

  private static Process writeSecrets(Path folder) throws IOException {
    return new ProcessBuilder(FOLDER.resolve("make-secrets.sh").toString(), folder.toString())
        .start();
  }

  @Test
  void the_container_is_the_image_with_its_port_user_and_health() {
    assertThat(ofKind("Deployment"))
        .allSatisfy(
            deployment -> {
              JsonNode container = deployment.at(CONTAINER);
              assertThat(container.get("image").asText()).isEqualTo(Compose.OWN_IMAGE);
              assertThat(container.at("/ports/0/containerPort").asText())
                  .isEqualTo(dockerfile.exposedPort());
              assertThat(dockerfile.lines("USER"))
                  .containsExactly(
                      "USER " + deployment.at("/spec/template/spec/securityContext/runAsUser"));
              assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                  .isTrue();
              assertThat(container.at("/livenessProbe/httpGet/path").asText())
                  .isEqualTo("/actuator/health/liveness");
              assertThat(container.at("/readinessProbe/httpGet/path").asText())
                  .isEqualTo("/actuator/health/readiness");
              assertThat(container.findValues("httpGet"))
                  .hasSize(3)
                  .allMatch(probe -> probe.get("port").equals(container.at("/ports/0/name")));
              assertThat(container.get("volumeMounts"))
                  .map(mount -> mount.get("name"))
                  .containsExactlyInAnyOrderElementsOf(
                      deployment.at("/spec/template/spec/volumes").findValues("name"));
            });
  }

  @Test
  void every_selector_finds_the_pods_of_one_deployment() {
    List<JsonNode> selectors = new ArrayList<>();
    for (JsonNode manifest : manifests) {
      selectors.addAll(manifest.findValues("matchLabels"));
    }
    ofKind("Service").forEach(service -> selectors.add(service.at("/spec/selector")));

    assertThat(selectors)
        // the namespaces are examples
        .filteredOn(selector -> !selector.has("kubernetes.io/metadata.name"))
        .hasSizeGreaterThan(8)
        .allSatisfy(
            selector ->
                assertThat(ofKind("Deployment"))
                    .filteredOn(
                        deployment ->
                            deployment.at("/spec/template/metadata/labels").equals(selector))
                    .hasSize(1));
    assertThat(ofKind("NetworkPolicy")).hasSameSizeAs(ofKind("Deployment"));
    assertThat(ofKind("PodDisruptionBudget")).hasSameSizeAs(ofKind("Deployment"));
  }

  @Test
  void every_reference_exists() {
    assertThat(ofKind("HorizontalPodAutoscaler"))
        .singleElement()
        .satisfies(
            autoscaler -> {
              assertThat(ofKind("Deployment"))
                  .extracting(KubernetesTest::name)
                  .contains(autoscaler.at("/spec/scaleTargetRef/name").asText());
              String metric = autoscaler.at("/spec/metrics/0/external/metric/name").asText();
              assertThat(Compose.text(Path.of("docs/monitoring.md")))
                  .contains("| `" + metric.replace('_', '.') + "` |");
            });
    assertThat(ofKind("Deployment"))
        .allSatisfy(
            deployment ->
                assertThat(ofKind("ConfigMap"))
                    .extracting(KubernetesTest::name)
                    .contains(deployment.at(CONTAINER + "/envFrom/0/configMapRef/name").asText()));
    assertThat(ofKind("Deployment"))
        .flatMap(deployment -> environment(deployment).values())
        .flatMap(DockerFilesTest::hostsIn)
        // the database is not part of the example
        .filteredOn(host -> !host.equals("postgres"))
        .isNotEmpty()
        .isSubsetOf(ofKind("Service").stream().map(KubernetesTest::name).toList());
  }

  private Map<String, String> environment(JsonNode deployment) {
    Map<String, String> environment = new TreeMap<>();
    ofKind("ConfigMap")
        .get(0)
        .get("data")
        .properties()
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText()));
    deployment
        .at(CONTAINER + "/env")
        .forEach(entry -> environment.put(entry.get("name").asText(), entry.get("value").asText()));
    return environment;
  }

  private static String secretOf(JsonNode deployment) {
    return deployment.at("/spec/template/spec/volumes").findValue("secretName").asText();
  }

  private List<JsonNode> ofKind(String kind) {
    return manifests.stream().filter(m -> m.get("kind").asText().equals(kind)).toList();
  }

  private static String name(JsonNode manifest) {
    return manifest.at("/metadata/name").asText();
  }

  private static List<JsonNode> manifests() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .flatMap(file -> parse(Compose.text(file)).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonNode> parse(String text) {
    ObjectMapper json = new ObjectMapper();
    return StreamSupport.stream(new Yaml().loadAll(text).spliterator(), false)
        .<JsonNode>map(json::valueToTree)
        .toList();
  }
}

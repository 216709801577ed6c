package fi.signspace.plugin.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fi.signspace.plugin.SigningApplication;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file, setting and command referenced in docker/ exists. */
class DockerFilesTest {

  private static final String METADATA = "META-INF/spring-configuration-metadata.json";
  private static final Pattern SETTING = Pattern.compile("(SPRING|SERVER|CAMUNDA|SIGNSPACE)_.*");
  private static final Pattern VARIABLE = Pattern.compile("\"[^\"$]*\\$(\\w+)\"");

  private final Dockerfile dockerfile = new Dockerfile();

  @Test
  void the_image_copies_files_that_exist_in_the_build_context() {
    String given = Compose.text(Compose.FOLDER.resolve("Dockerfile.dockerignore"));

    assertThat(dockerfile.copiedFiles())
        .allSatisfy(file -> assertThat(given).contains("!" + file + "\n"))
        .filteredOn(file -> !file.startsWith("target/"))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(Path.of(file)).isExecutable());
    assertThat(dockerfile.copiedFiles()).contains("target/signspace-process.jar");
  }

  @Test
  void the_image_runs_unprivileged_and_reports_its_health() {
    assertThat(dockerfile.lines("USER")).singleElement().isNotEqualTo("USER root");
    assertThat(dockerfile.command("ENTRYPOINT"))
        .startsWith("java")
        .anyMatch(option -> option.startsWith("-XX:MaxRAMPercentage="));
    assertThat(dockerfile.command("HEALTHCHECK")).containsExactly("/app/health-check.sh");
    assertThat(dockerfile.lines("FROM")).allMatch(line -> line.matches("FROM [\\w-]+:.*"));
  }

  @ParameterizedTest
  @MethodSource("fi.signspace.plugin.docker.Compose#installations")
  void every_mounted_file_and_every_secret_exists(Compose compose, @TempDir Path folder)
      throws Exception {
    makeSecrets(folder);

    assertThat(compose.services())
        .flatMap(service -> service.mountedFiles().values())
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file).exists());
    assertThat(compose.services())
        .flatMap(service -> service.secrets().values())
        .isNotEmpty()
        .allSatisfy(secret -> assertThat(compose.secretFiles()).containsKey(secret));
    assertThat(compose.secretFiles().values())
        .allSatisfy(file -> assertThat(file.getParent()).isEqualTo(Path.of("docker/secrets")))
        .allSatisfy(file -> assertThat(folder.resolve(file.getFileName())).isRegularFile());
  }

  @ParameterizedTest
  @MethodSource("fi.signspace.plugin.docker.Compose#installations")
  void every_service_has_what_its_settings_reference(Compose compose) {
    assertThat(compose.services())
        .allSatisfy(
            service -> {
              assertThat(compose.networks()).containsAll(service.networks().keySet());
              assertThat(compose.volumes()).containsAll(service.volumes());
              assertThat(service.secrets().keySet())
                  .containsAll(secretsIn(String.join(" ", service.environment().values())));
            });
  }

  @Test
  void existing_secrets_are_not_changed(@TempDir Path folder) throws Exception {
    makeSecrets(folder);
    String before = Compose.text(folder.resolve("database-password"));

    makeSecrets(folder);

    assertThat(Compose.text(folder.resolve("database-password"))).isEqualTo(before);
    assertThat(before).hasSizeGreaterThan(30);
  }

  @ParameterizedTest
  @MethodSource("fi.signspace.plugin.docker.Compose#installations")
  void every_signspace_setting_and_secret_is_a_known_property(Compose compose) throws Exception {
    Set<String> known = knownProperties();
    List<Compose.Service> ours = ours(compose);

    assertThat(ours)
        .isNotEmpty()
        .flatMap(service -> service.environment().keySet())
        .allMatch(variable -> SETTING.matcher(variable).matches())
        .allMatch(known::contains);
    assertThat(ours)
        .flatMap(service -> service.secrets().keySet())
        .filteredOn(file -> !file.endsWith(".pem"))
        .isNotEmpty()
        // the name is arbitrary
        .map(property -> property.replace("signspace.users.prometheus.", "signspace.users.demo."))
        .allMatch(property -> known.contains(inEnvironment(property)));
  }

  @ParameterizedTest
  @MethodSource("fi.signspace.plugin.docker.Compose#installations")
  void every_profile_and_every_host_exists(Compose compose) {
    assertThat(ours(compose))
        .flatMap(s -> List.of(s.environment().get("SPRING_PROFILES_ACTIVE").split(",", -1)))
        .contains("production")
        .isSubsetOf("production", "engine", "worker");
    assertThat(compose.services())
        .flatMap(service -> service.environment().values())
        .flatMap(value -> hostsIn(value))
        .isNotEmpty();
    assertThat(compose.services())
        .allSatisfy(
            service ->
                assertThat(service.environment().values())
                    .flatMap(value -> hostsIn(value))
                    .allSatisfy(host -> assertThat(compose.found(host, service)).isNotEmpty()));
  }

  @ParameterizedTest
  @MethodSource("fi.signspace.plugin.docker.Compose#monitored")
  void prometheus_finds_every_node_and_only_those_and_logs_in(Compose compose) {
    Compose.Service prometheus = compose.service("prometheus");
    String config = Compose.text(mounted(prometheus, option(prometheus, "--config.file")));

    List<String> names = namesAskedIn(config);
    assertThat(names)
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(compose.found(name, prometheus))
                    .isNotEmpty()
                    .allMatch(Compose.Service::isOurs));
    assertThat(names)
        .flatMap(name -> compose.found(name, prometheus))
        .containsExactlyInAnyOrderElementsOf(ours(compose));
    assertThat(config).contains("port: " + dockerfile.exposedPort());
    // both sides use the same file
    String user = valueOf(config, "username");
    assertThat(secretsIn(config))
        .singleElement()
        .satisfies(
            file -> {
              String secret = prometheus.secrets().get(file);
              assertThat(secret).isNotNull();
              assertThat(ours(compose))
                  .allSatisfy(
                      node ->
                          assertThat(node.secrets())
                              .containsEntry(
                                  "signspace.users.%s.password".formatted(user), secret));
            });
    mounted(prometheus, "/etc/prometheus/" + valueOf(config, "rule_files:\\s*-"));
  }

  @ParameterizedTest
  @MethodSource("fi.signspace.plugin.docker.Compose#monitored")
  void grafana_finds_prometheus_and_its_dashboards(Compose compose) {
    Compose.Service grafana = compose.service("grafana");
    Path provisioning = mounted(grafana, "/etc/grafana/provisioning");
    String source = Compose.text(provisioning.resolve("datasources/prometheus.yaml"));
    String dashboards = Compose.text(provisioning.resolve("dashboards/signspace.yaml"));

    assertThat(hostsIn(source))
        .singleElement()
        .satisfies(
            host ->
                assertThat(compose.found(host, grafana))
                    .extracting(Compose.Service::name)
                    .containsExactly("prometheus"));
    assertThat(mounted(grafana, valueOf(dashboards, "path")).resolve("signspace.json"))
        .isRegularFile();
  }

  private static List<Compose.Service> ours(Compose compose) {
    return compose.services().stream().filter(Compose.Service::isOurs).toList();
  }

  /** The source of a path in the container. */
  private static Path mounted(Compose.Service service, String place) {
    Path file = service.mountedFiles().get(place);
    assertThat(file).as(place).isNotNull().exists();
    return file;
  }

  private static String option(Compose.Service service, String name) {
    return service.command().stream()
        .filter(argument -> argument.startsWith(name + "="))
        .map(argument -> argument.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  /** The names that Prometheus resolves by DNS. */
  private static List<String> namesAskedIn(String config) {
    return List.of(valueOf(config, "names").replaceAll("[\\[\\]]", "").split(",\\s*", -1));
  }

  private static String valueOf(String config, String name) {
    Matcher found = Pattern.compile("\\b" + name + ":?\\s+(.+)").matcher(config);
    assertThat(found.find()).as(name).isTrue();
    return found.group(1);
  }

  static Set<String> secretsIn(String text) {
    return Pattern.compile("/run/secrets/([\\w.-]+)")
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void the_balancer_knows_every_variable_and_every_engine() {
    Compose compose = Compose.read("compose.cluster.yaml");
    String config = Compose.text(Compose.FOLDER.resolve("haproxy.cfg"));

    Set<String> variables =
        VARIABLE.matcher(config).results().map(v -> v.group(1)).collect(Collectors.toSet());

    assertThat(compose.service("balancer").environment().keySet()).isEqualTo(variables);
    assertThat(compose.service("balancer").environment().values())
        .containsAll(
            compose.services().stream()
                .map(Compose.Service::name)
                .filter(service -> service.startsWith("engine-"))
                .map(service -> service + ":8080")
                .toList());
  }

  static List<String> hostsIn(String value) {
    return Pattern.compile("(?:^|//)([a-z][a-z0-9-]*):\\d+")
        .matcher(value)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  static void makeSecrets(Path folder) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("docker/make-secrets.sh", folder.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  /** As environment variables: those in the metadata, and those that are read directly. */
  static Set<String> knownProperties() throws IOException {
    Set<String> known = new HashSet<>();
    known.add("SPRING_PROFILES_ACTIVE");
    known.add("SPRING_CONFIG_IMPORT");
    for (URL url :
        Collections.list(SigningApplication.class.getClassLoader().getResources(METADATA))) {
      try (InputStream metadata = url.openStream()) {
        for (JsonNode property : new ObjectMapper().readTree(metadata).get("properties")) {
          known.add(inEnvironment(property.get("name").asText()));
        }
      }
    }
    try (Stream<Path> sources = Files.walk(Path.of("src/main"))) {
      sources
          .filter(file -> file.toString().matches(".*\\.(java|yaml)"))
          .map(Compose::text)
          .flatMap(text -> Pattern.compile("signspace(\\.[a-z-]+)+").matcher(text).results())
          .forEach(found -> known.add(inEnvironment(found.group())));
    }
    return known;
  }

  /** Spring Boot's notation that keeps words separate. */
  static String inEnvironment(String property) {
    return property.replace(".", "_").replace("-", "_").toUpperCase(Locale.ROOT);
  }
}

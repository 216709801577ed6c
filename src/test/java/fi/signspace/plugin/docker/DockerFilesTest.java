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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file, setting and command that docker/ names exists. */
class DockerFilesTest {

  private static final String METADATA = "META-INF/spring-configuration-metadata.json";
  private static final Pattern SETTING = Pattern.compile("(SPRING|SERVER|CAMUNDA|SIGNSPACE)_.*");
  private static final Pattern VARIABLE = Pattern.compile("\"[^\"$]*\\$(\\w+)\"");

  private final Dockerfile dockerfile = new Dockerfile();

  @Test
  void the_image_copies_files_that_exist_and_that_the_build_is_given() {
    String given = Compose.text(Compose.FOLDER.resolve("Dockerfile.dockerignore"));

    assertThat(dockerfile.copiedFiles())
        .allSatisfy(file -> assertThat(given).contains("!" + file + "\n"))
        .filteredOn(file -> !file.startsWith("target/"))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(Path.of(file)).isExecutable());
    assertThat(dockerfile.copiedFiles()).contains("target/signspace-process.jar");
  }

  @Test
  void the_image_runs_as_nobody_special_and_says_how_it_is() {
    assertThat(dockerfile.lines("USER")).singleElement().isNotEqualTo("USER root");
    assertThat(dockerfile.command("ENTRYPOINT"))
        .startsWith("java")
        .anyMatch(option -> option.startsWith("-XX:MaxRAMPercentage="));
    assertThat(dockerfile.command("HEALTHCHECK")).containsExactly("/app/health-check.sh");
    assertThat(dockerfile.lines("FROM")).allMatch(line -> line.matches("FROM [\\w-]+:.*"));
  }

  @ParameterizedTest
  @MethodSource("fi.signspace.plugin.docker.Compose#files")
  void every_mounted_file_and_every_secret_exists(String name, @TempDir Path folder)
      throws Exception {
    Compose compose = Compose.read(name);
    makeSecrets(folder);

    assertThat(compose.services())
        .flatMap(Compose.Service::mountedFiles)
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file).isRegularFile());
    assertThat(compose.services())
        .flatMap(service -> service.secrets().values())
        .isNotEmpty()
        .allSatisfy(secret -> assertThat(compose.secretFiles()).containsKey(secret));
    assertThat(compose.secretFiles().values())
        .allSatisfy(file -> assertThat(file.getParent()).isEqualTo(Path.of("docker/secrets")))
        .allSatisfy(file -> assertThat(folder.resolve(file.getFileName())).isRegularFile());
  }

  @Test
  void secrets_that_are_there_stay_as_they_are(@TempDir Path folder) throws Exception {
    makeSecrets(folder);
    String before = Compose.text(folder.resolve("database-password"));

    makeSecrets(folder);

    assertThat(Compose.text(folder.resolve("database-password"))).isEqualTo(before);
    assertThat(before).hasSizeGreaterThan(30);
  }

  @ParameterizedTest
  @MethodSource("fi.signspace.plugin.docker.Compose#files")
  void every_setting_and_every_secret_of_ours_is_a_known_property(String name) throws Exception {
    Set<String> known = knownProperties();
    List<Compose.Service> ours =
        Compose.read(name).services().stream().filter(Compose.Service::isOurs).toList();

    assertThat(ours)
        .isNotEmpty()
        .flatMap(service -> service.environment().keySet())
        .allMatch(variable -> SETTING.matcher(variable).matches())
        .allMatch(known::contains);
    assertThat(ours)
        .flatMap(service -> service.secrets().keySet())
        .filteredOn(file -> !file.endsWith(".pem"))
        .isNotEmpty()
        .allMatch(property -> known.contains(inEnvironment(property)));
  }

  @ParameterizedTest
  @MethodSource("fi.signspace.plugin.docker.Compose#files")
  void every_profile_and_every_host_exists(String name) {
    Compose compose = Compose.read(name);
    Set<String> hosts =
        compose.services().stream().map(Compose.Service::name).collect(Collectors.toSet());

    assertThat(compose.services())
        .filteredOn(Compose.Service::isOurs)
        .flatMap(s -> List.of(s.environment().get("SPRING_PROFILES_ACTIVE").split(",", -1)))
        .contains("production")
        .isSubsetOf("production", "engine", "worker");
    assertThat(compose.services())
        .flatMap(service -> service.environment().values())
        .flatMap(value -> hostsIn(value))
        .isNotEmpty()
        .allSatisfy(host -> assertThat(hosts).contains(host));
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

  private static List<String> hostsIn(String value) {
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

  /** As variables of the environment: those that say what they are, and those that we just read. */
  private static Set<String> knownProperties() throws IOException {
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

  /** The way of Spring Boot's that keeps words apart. */
  private static String inEnvironment(String property) {
    return property.replace(".", "_").replace("-", "_").toUpperCase(Locale.ROOT);
  }
}

package fi.signspace.plugin.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** What a compose file says. */
final class Compose {

  static final Path FOLDER = Path.of("docker");

  /** The image that {@code docker/Dockerfile} makes. */
  static final String OWN_IMAGE = "signspace-process:local";

  private final Map<String, Object> file;

  private Compose(Map<String, Object> file) {
    this.file = file;
  }

  static Compose read(String name) {
    return new Compose(new Yaml().load(text(FOLDER.resolve(name))));
  }

  List<Service> services() {
    return map(file.get("services")).entrySet().stream()
        .map(entry -> new Service(entry.getKey(), map(entry.getValue())))
        .toList();
  }

  Service service(String name) {
    return services().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  /** The files that the secrets are read from, by the secrets' names. */
  Map<String, Path> secretFiles() {
    Map<String, Path> files = new TreeMap<>();
    map(file.get("secrets"))
        .forEach((name, source) -> files.put(name, FOLDER.resolve(text(map(source), "file"))));
    return files;
  }

  /**
   * @param values as in the file
   */
  record Service(String name, Map<String, Object> values) {

    boolean isOurs() {
      return OWN_IMAGE.equals(values.get("image"));
    }

    /** As the container sees it, without what comes from the image. */
    Map<String, String> environment() {
      Map<String, String> environment = new TreeMap<>();
      if (values.containsKey("env_file")) {
        environment.putAll(assignments(FOLDER.resolve(text(values, "env_file"))));
      }
      map(values.getOrDefault("environment", Map.of()))
          .forEach((name, value) -> environment.put(name, String.valueOf(value)));
      return environment;
    }

    /** The secrets by the names of their files in /run/secrets. */
    Map<String, String> secrets() {
      Map<String, String> secrets = new LinkedHashMap<>();
      for (Object secret : list(values.getOrDefault("secrets", List.of()))) {
        if (secret instanceof String name) {
          secrets.put(name, name);
        } else {
          secrets.put(text(map(secret), "target"), text(map(secret), "source"));
        }
      }
      return secrets;
    }

    /** The files and folders beside the compose file that the container sees. */
    List<Path> mountedFiles() {
      return list(values.getOrDefault("volumes", List.of())).stream()
          .map(volume -> String.valueOf(volume).split(":", -1)[0])
          .filter(source -> source.startsWith("."))
          .map(source -> FOLDER.resolve(source).normalize())
          .toList();
    }
  }

  private static Map<String, String> assignments(Path file) {
    Map<String, String> assignments = new TreeMap<>();
    text(file)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("=", 2))
        .forEach(parts -> assignments.put(parts[0], parts[1]));
    return assignments;
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Map<String, Object> values, String name) {
    return String.valueOf(values.get(name));
  }

  private static Map<String, Object> map(Object value) {
    Map<String, Object> entries = new LinkedHashMap<>();
    ((Map<?, ?>) value).forEach((key, entry) -> entries.put(String.valueOf(key), entry));
    return entries;
  }

  private static List<Object> list(Object value) {
    return new ArrayList<>((List<?>) value);
  }

  static Stream<String> files() {
    return Stream.of("compose.yaml", "compose.cluster.yaml");
  }
}

package fi.signspace.plugin.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** The content of one or several combined compose files. */
final class Compose {

  static final Path FOLDER = Path.of("docker");

  /** The image built from {@code docker/Dockerfile}. */
  static final String OWN_IMAGE = "signspace-process:local";

  /** The network of services without explicit networks. */
  static final String DEFAULT_NETWORK = "default";

  private final List<String> names;
  private final List<Map<String, Object>> files;

  private Compose(List<String> names) {
    this.names = names;
    this.files = names.stream().map(name -> map(yaml(name))).toList();
  }

  static Compose read(String... names) {
    return new Compose(List.of(names));
  }

  /** The supported combinations: one machine or a cluster, without and with monitoring. */
  static Stream<Compose> installations() {
    return Stream.concat(
        Stream.of("compose.yaml", "compose.cluster.yaml").map(Compose::read), monitored());
  }

  static Stream<Compose> monitored() {
    return Stream.of("compose.yaml", "compose.cluster.yaml")
        .map(name -> read(name, "compose.monitoring.yaml"));
  }

  /**
   * A section of all files. Merging definitions of the same item is not needed and not supported.
   */
  private Map<String, Object> section(String name) {
    Map<String, Object> entries = new LinkedHashMap<>();
    for (Map<String, Object> file : files) {
      map(file.getOrDefault(name, Map.of()))
          .forEach(
              (key, value) -> {
                if (entries.containsKey(key)) {
                  throw new IllegalStateException("%s: %s is in two files".formatted(name, key));
                }
                entries.put(key, value);
              });
    }
    return entries;
  }

  List<Service> services() {
    return section("services").entrySet().stream()
        .map(entry -> new Service(entry.getKey(), map(entry.getValue())))
        .toList();
  }

  Service service(String name) {
    return services().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  /** The files of the secrets, by name. */
  Map<String, Path> secretFiles() {
    Map<String, Path> files = new TreeMap<>();
    section("secrets")
        .forEach((name, source) -> files.put(name, FOLDER.resolve(text(map(source), "file"))));
    return files;
  }

  Set<String> networks() {
    Set<String> networks = new LinkedHashSet<>(section("networks").keySet());
    networks.add(DEFAULT_NETWORK);
    return networks;
  }

  Set<String> volumes() {
    return section("volumes").keySet();
  }

  /** The services that another service resolves by this name on a common network. */
  List<Service> found(String host, Service by) {
    return services().stream()
        .filter(
            service ->
                by.networks().keySet().stream()
                    .anyMatch(network -> service.namesOn(network).contains(host)))
        .toList();
  }

  @Override
  public String toString() {
    return String.join(" and ", names);
  }

  /**
   * @param values as in the file
   */
  record Service(String name, Map<String, Object> values) {

    boolean isOurs() {
      return OWN_IMAGE.equals(values.get("image"));
    }

    /** The environment of the container, without the variables of the image. */
    Map<String, String> environment() {
      Map<String, String> environment = new TreeMap<>();
      if (values.containsKey("env_file")) {
        environment.putAll(assignments(FOLDER.resolve(text(values, "env_file"))));
      }
      map(values.getOrDefault("environment", Map.of()))
          .forEach((name, value) -> environment.put(name, String.valueOf(value)));
      return environment;
    }

    /** The secrets by their file names in /run/secrets. */
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

    List<String> command() {
      return strings(values.getOrDefault("command", List.of()));
    }

    /** Its networks, with its aliases there. */
    Map<String, List<String>> networks() {
      Map<String, List<String>> networks = new TreeMap<>();
      Object given = values.getOrDefault("networks", List.of(DEFAULT_NETWORK));
      if (given instanceof List<?> names) {
        names.forEach(name -> networks.put(String.valueOf(name), List.of()));
      } else {
        map(given).forEach((name, settings) -> networks.put(name, aliases(settings)));
      }
      return networks;
    }

    private static List<String> aliases(@Nullable Object settings) {
      return settings == null
          ? List.of()
          : strings(map(settings).getOrDefault("aliases", List.of()));
    }

    List<String> namesOn(String network) {
      List<String> aliases = networks().get(network);
      return aliases == null
          ? List.of()
          : Stream.concat(Stream.of(name), aliases.stream()).toList();
    }

    /** The mounted files and folders, by their paths in the container. */
    Map<String, Path> mountedFiles() {
      Map<String, Path> files = new TreeMap<>();
      mounts()
          .filter(mount -> mount[0].startsWith("."))
          .forEach(mount -> files.put(mount[1], FOLDER.resolve(mount[0]).normalize()));
      return files;
    }

    List<String> volumes() {
      return mounts().map(mount -> mount[0]).filter(source -> !source.startsWith(".")).toList();
    }

    private Stream<String[]> mounts() {
      return strings(values.getOrDefault("volumes", List.of())).stream()
          .map(volume -> volume.split(":", -1));
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

  /** Reads a YAML file in docker/. */
  static Map<String, Object> yaml(String name) {
    return new Yaml().load(text(FOLDER.resolve(name)));
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

  private static List<String> strings(Object value) {
    return list(value).stream().map(String::valueOf).toList();
  }
}

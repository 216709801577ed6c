package fi.signspace.plugin.docker;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.testkit.ShellBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The compose files on a real container engine, in a folder that was copied with umask 077, as an
 * operator would use them. Published ports are free ones, which stay when a container is restarted.
 */
final class Installation implements AutoCloseable {

  private static final int LIMIT_IN_MINUTES = 6;

  private final Path clone;
  private final List<String> compose = new ArrayList<>(List.of("docker", "compose"));

  /**
   * @param clone an empty folder
   * @param ports the published ports, by service
   */
  Installation(Path clone, Map<String, Integer> ports, String... files) throws Exception {
    this.clone = clone;
    run(
        Path.of("").toAbsolutePath(),
        "bash",
        "-c",
        "umask 077 && cp -r docker \"$0\" && mkdir \"$0/target\""
            + " && cp --parents target/signspace-process.jar"
            + " target/classes/META-INF/sbom/application.cdx.json \"$0\"",
        clone.toString());
    run(folder(), "./make-secrets.sh");
    Files.writeString(folder().resolve("secrets/client-secret"), "no secret of a sandbox\n");
    Files.writeString(
        folder().resolve("override.yaml"),
        ports.entrySet().stream()
            .map(port -> PORT.formatted(port.getKey(), freePort(), port.getValue()))
            .collect(Collectors.joining("", "services:\n", "")));
    Arrays.stream(files).forEach(file -> compose.addAll(List.of("-f", file)));
    compose.addAll(List.of("-f", "override.yaml"));
  }

  private static final String PORT = "  %s:\n    ports: !override [\"127.0.0.1:%d:%d\"]\n";

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces the jar that the next image contains. */
  void pack(Path jar) throws IOException {
    Files.copy(
        jar, clone.resolve("target/signspace-process.jar"), StandardCopyOption.REPLACE_EXISTING);
  }

  Path folder() {
    return clone.resolve("docker");
  }

  /** Replaces the settings of all nodes. */
  void configure(Map<String, String> settings) throws IOException {
    Files.writeString(
        folder().resolve("signspace.env"),
        settings.entrySet().stream()
            .map(setting -> "%s=%s%n".formatted(setting.getKey(), setting.getValue()))
            .collect(Collectors.joining()));
  }

  /** Changes a file as an operator would. */
  void edit(String file, String before, String after) throws IOException {
    Path place = folder().resolve(file);
    String text = Files.readString(place);
    assertThat(text).contains(before);
    Path changed = Files.writeString(folder().resolve("changed"), text.replace(before, after));
    Files.setPosixFilePermissions(changed, Files.getPosixFilePermissions(place));
    Files.move(changed, place, StandardCopyOption.REPLACE_EXISTING);
  }

  String compose(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(compose);
    command.addAll(List.of(arguments));
    return run(folder(), command.toArray(String[]::new));
  }

  String run(String... command) throws Exception {
    return run(folder(), command);
  }

  /** Executes commands of the documentation, which name no compose files. */
  void run(ShellBlock documented) throws Exception {
    String files =
        compose.stream().filter(word -> word.endsWith(".yaml")).collect(Collectors.joining(":"));
    run("env", "COMPOSE_FILE=" + files, "bash", "-ec", documented.commands());
  }

  private static String run(Path folder, String... command) throws Exception {
    Path output = Files.createTempFile("installation", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(LIMIT_IN_MINUTES, TimeUnit.MINUTES);
    String text = Files.readString(output, StandardCharsets.UTF_8);
    Files.delete(output);
    assertThat(ended).as("%s ended: %s", String.join(" ", command), text).isTrue();
    assertThat(process.exitValue()).as("%s: %s", String.join(" ", command), text).isZero();
    return text.strip();
  }

  /** A value of a container, such as {@code State.ExitCode}. */
  String inspect(String service, String value) throws Exception {
    return run("docker", "inspect", "--format", "{{." + value + "}}", container(service));
  }

  /** The first container of a service, running or not. */
  private String container(String service) throws Exception {
    return compose("ps", "--all", "--quiet", service).lines().findFirst().orElseThrow();
  }

  /** Ends the main process of a service as a crash would: the engine starts the container again. */
  void crash(String service) throws Exception {
    run("kill", "-9", inspect(service, "State.Pid"));
  }

  int port(String service, int inContainer) throws Exception {
    String address = compose("port", service, String.valueOf(inContainer));
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  EngineRest engineAt(String service) throws Exception {
    String password = Files.readString(folder().resolve("secrets/admin-password"));
    return new EngineRest(port(service, 8080), "admin", password);
  }

  @Override
  public void close() throws Exception {
    Files.createDirectories(Path.of("target", "nodes"));
    Files.writeString(
        Path.of("target", "nodes", "containers.log"),
        compose("logs", "--no-color", "--timestamps"));
    compose("down", "--volumes", "--timeout", "5");
  }
}

package fi.signspace.plugin.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Login;
import fi.signspace.plugin.e2e.SandboxControl;
import fi.signspace.plugin.sandbox.RunningSandbox;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts every {@link UpgradeCase} with a version and records the result. Not a test: {@code
 * src/test/resources/upgrade/record.sh} runs it.
 */
@EnabledIfSystemProperty(named = RecordVersion.JAR, matches = ".+")
class RecordVersion {

  static final String JAR = "upgrade.jar";

  private static final String EXAMPLES = "BOOT-INF/classes/processes/examples";
  private static final String BOUNDARY = "----4711";

  @Test
  void the_instances_of_a_version_are_recorded(@TempDir Path folder) throws Exception {
    Path jar = Path.of(System.getProperty(JAR));
    Recording recording = new Recording(System.getProperty("upgrade.version"));
    String database = "jdbc:h2:file:" + folder.resolve("engine");
    try (RunningSandbox server = RunningSandbox.start(0)) {
      Node node =
          Nodes.whole(
              "version-" + recording.version(),
              Optional.of(jar),
              server.port(),
              Map.of("SPRING_DATASOURCE_URL", database, "TZ", UpgradeTest.ZONE));
      node.start();
      node.awaitReady();
      try (FileSystem files = FileSystems.newFileSystem(jar)) {
        deployExamples(files.getPath(EXAMPLES), node.port());
      }
      SandboxControl sandbox = new SandboxControl(server.port());
      begin(new Installation(new EngineRest(node.port()), sandbox));
      node.stop();
      recording.save(database, sandbox.state());
    }
  }

  /**
   * Deploys the example models, which only the demo does itself.
   *
   * @param examples their folder
   */
  static void deployExamples(Path examples, int port) throws Exception {
    List<BodyPublisher> parts = new ArrayList<>();
    try (DirectoryStream<Path> models = Files.newDirectoryStream(examples, "*.bpmn")) {
      for (Path model : models) {
        String name = model.getFileName().toString();
        parts.add(
            BodyPublishers.ofString(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n\r\n"
                    .formatted(BOUNDARY, name, name)));
        parts.add(BodyPublishers.ofByteArray(Files.readAllBytes(model)));
        parts.add(BodyPublishers.ofString("\r\n"));
      }
    }
    parts.add(BodyPublishers.ofString("--" + BOUNDARY + "--\r\n"));
    URI address = URI.create("http://localhost:%d/engine-rest/deployment/create".formatted(port));
    HttpRequest request =
        Login.DEMO
            .applyTo(HttpRequest.newBuilder(address))
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.concat(parts.toArray(BodyPublisher[]::new)))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  /** Leaves every case in its place. */
  static void begin(Installation at) {
    for (UpgradeCase it : UpgradeCase.ALL) {
      it.begun().take(at, it);
    }
    for (UpgradeCase it : UpgradeCase.ALL) {
      if (it.outage() != UpgradeCase.Outage.NONE) {
        at.sandbox().misbehave(it.outage().rules());
        it.left().take(at, it);
      }
    }
    assertThat(at.engine().get("/history/incident")).isEmpty();
  }
}

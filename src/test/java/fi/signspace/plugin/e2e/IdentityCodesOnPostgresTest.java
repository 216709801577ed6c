package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putFile;
import static fi.signspace.plugin.e2e.EngineRest.putJson;
import static fi.signspace.plugin.e2e.EngineRest.putString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No identity code is in PostgreSQL's files: neither in tables, which contain deleted rows, nor in
 * the write-ahead log, which contains rolled back changes and is part of backups.
 */
@Tag("long")
class IdentityCodesOnPostgresTest {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String DATABASE = "signspace";

  private final ObjectMapper json = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void neither_tables_nor_the_write_ahead_log_contain_a_plain_code() throws Exception {
    String sent = "010594Y9032";
    String refused = "280264-051U";
    String damaged = "020502E902X";
    Path data = Files.createDirectory(folder.resolve("data"));
    Path home = Files.createDirectory(folder.resolve("home"));

    try (Postgres postgres = Postgres.startIn(data)) {
      postgres.createDatabase(DATABASE);
      Node application =
          new Node("identity-codes-on-postgres", settings(postgres)).withAllFilesIn(home);
      try {
        application.start();
        application.awaitReady();
        EngineRest engine = new EngineRest(application.port());
        start(engine, "goes-to-signspace", encrypted(engine, sent));
        start(engine, "is-corrected", damaged(encrypted(engine, damaged)));
        assertThatThrownBy(() -> start(engine, "is-refused", refused))
            .hasMessageContaining("must be encrypted");

        awaitTask(engine, "goes-to-signspace", "userTask_manageSigning");
        awaitTask(engine, "is-corrected", "userTask_correctRequest");
      } finally {
        application.kill();
      }
    }

    // the search finds an existing text
    assertThat(Traces.inFilesOf(data, "goes-to-signspace"))
        .anyMatch(file -> file.startsWith("base/"))
        .anyMatch(file -> file.startsWith("pg_wal/"));
    for (String code : List.of(sent, refused, damaged)) {
      assertThat(Traces.inFilesOf(folder, code)).isEmpty();
    }
  }

  private static Map<String, String> settings(Postgres postgres) {
    Map<String, String> settings = postgres.settings(DATABASE);
    settings.put("SIGNSPACE_WORKER_LONG_POLLING", "1s");
    settings.put("LOGGING_LEVEL_FI_SIGNSPACE", "trace");
    return settings;
  }

  private String encrypted(EngineRest engine, String nin) {
    ObjectNode sql = json.createObjectNode();
    sql.putArray("nins").add(nin);
    return engine.at("/api").post("/encrypted-nins", sql).get("nins").get(0).asText();
  }

  /** Encrypts with another key than named in the header, as after a lost key. */
  private static String damaged(String jwe) {
    String[] parts = jwe.split("\\.", -1);
    parts[1] = new StringBuilder(parts[1]).reverse().toString();
    return String.join(".", parts);
  }

  private static void start(EngineRest engine, String key, String nin) {
    ObjectNode variables = EngineRest.variables();
    putString(variables, "title", key);
    putFile(variables, "document1", "lease.pdf", Pdfs.withText("Lease"));
    putJson(
        variables,
        "participants",
        "[{\"handle\": \"anna@example.com\", \"role\": \"signer\", \"nin\": \"%s\"}]"
            .formatted(nin));
    engine.start(key, variables);
  }

  private static void awaitTask(EngineRest engine, String key, String task) {
    String query = "/task?processInstanceBusinessKey=" + key + "&taskDefinitionKey=" + task;
    await().atMost(LIMIT).until(() -> !engine.get(query).isEmpty());
  }
}

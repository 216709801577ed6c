package fi.signspace.plugin.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fi.signspace.plugin.testkit.Postgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The data of a former version: its database and the contents of the sandbox.
 *
 * @param version its folder in {@code src/test/resources/upgrade}
 */
record Recording(String version) {

  private static final Path FOLDER = Path.of("src", "test", "resources", "upgrade");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The recordings of all versions. */
  static List<Recording> all() {
    try (var folders = Files.list(FOLDER)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> new Recording(folder.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path database() {
    return FOLDER.resolve(version).resolve("database.sql.gz");
  }

  private Path sandbox() {
    return FOLDER.resolve(version).resolve("sandbox.json.gz");
  }

  /**
   * @param h2Url the database of the stopped version
   */
  void save(String h2Url, JsonNode sandbox) throws IOException, SQLException {
    Files.createDirectories(database().getParent());
    try (Connection connection = DriverManager.getConnection(h2Url, "sa", "");
        Statement statement = connection.createStatement()) {
      keepForever(statement);
      statement.execute(
          "SCRIPT NOPASSWORDS NOSETTINGS TO '%s' COMPRESSION GZIP".formatted(database()));
    }
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(sandbox()))) {
      JSON.writeValue(out, sandbox);
    }
  }

  /** Removes the removal times, so that no history of an old recording is cleaned up. */
  private static void keepForever(Statement statement) throws SQLException {
    String tables =
        "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE COLUMN_NAME = 'REMOVAL_TIME_'";
    for (String table : texts(statement, tables)) {
      statement.execute("UPDATE %s SET REMOVAL_TIME_ = NULL".formatted(table));
    }
  }

  JsonNode sandboxState() {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(sandbox()))) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Restores the database into a new one of H2. */
  void restore(String h2Url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(h2Url, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("RUNSCRIPT FROM '%s' COMPRESSION GZIP".formatted(database()));
    }
  }

  /** Restores the database into a new one of PostgreSQL, row by row. */
  void restore(Postgres postgres, String name) throws SQLException {
    postgres.createDatabase(name);
    postgres.runCamundasScripts(name);
    String h2Url = "jdbc:h2:mem:restored-" + version;
    try (Connection from = DriverManager.getConnection(h2Url, "sa", "");
        Statement statement = from.createStatement();
        Connection to = postgres.connect(name);
        Statement target = to.createStatement()) {
      statement.execute("RUNSCRIPT FROM '%s' COMPRESSION GZIP".formatted(database()));
      // defers foreign keys
      target.execute("SET session_replication_role = replica");
      List<String> tables = texts(statement, "SHOW TABLES");
      target.execute("TRUNCATE " + String.join(", ", tables) + " CASCADE");
      for (String table : tables) {
        copy(table, statement, to);
      }
    }
  }

  private static void copy(String table, Statement from, Connection to) throws SQLException {
    try (ResultSet rows = from.executeQuery("SELECT * FROM " + table)) {
      ResultSetMetaData columns = rows.getMetaData();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        names.add(columns.getColumnName(i));
      }
      String insert =
          "INSERT INTO %s (%s) VALUES (%s)"
              .formatted(
                  table,
                  String.join(", ", names),
                  String.join(", ", Collections.nCopies(names.size(), "?")));
      try (PreparedStatement target = to.prepareStatement(insert)) {
        while (rows.next()) {
          for (int i = 1; i <= names.size(); i++) {
            target.setObject(i, value(rows, i, columns.getColumnType(i)));
          }
          target.addBatch();
        }
        target.executeBatch();
      }
    }
  }

  private static @Nullable Object value(ResultSet row, int column, int type) throws SQLException {
    return switch (type) {
      case Types.BLOB, Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> row.getBytes(column);
      case Types.CLOB -> row.getString(column);
      case Types.TIMESTAMP -> row.getObject(column, LocalDateTime.class);
      default -> row.getObject(column);
    };
  }

  private static List<String> texts(Statement statement, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}

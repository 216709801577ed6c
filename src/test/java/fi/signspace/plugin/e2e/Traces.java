package fi.signspace.plugin.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Searches for a secret in all persistent data and output: every table cell, every file including
 * database and log, metrics and health.
 */
final class Traces {

  private final String jdbcUrl;
  private final Path folder;
  private final int port;

  Traces(String jdbcUrl, Path folder, int port) {
    this.jdbcUrl = jdbcUrl;
    this.folder = folder;
    this.port = port;
  }

  /** The places that contain the secret in any encoding. */
  List<String> of(String secret) throws Exception {
    Set<String> needles = encodings(secret);
    List<String> places = new ArrayList<>(inTables(needles));
    places.addAll(inFiles(folder, needles));
    places.addAll(inMetrics(needles));
    return places;
  }

  /** The database tables that contain the secret. */
  List<String> inTablesOf(String secret) throws SQLException {
    return inTables(encodings(secret));
  }

  /** The relative names of files that contain the secret. */
  static List<String> inFilesOf(Path folder, String secret) throws IOException {
    return inFiles(folder, encodings(secret));
  }

  /** The encodings of the secret: plain, UTF-16, hex, and Base64 at each of its three offsets. */
  private static Set<String> encodings(String secret) {
    Set<String> all = new LinkedHashSet<>();
    for (String text :
        List.of(secret, secret.toLowerCase(Locale.ROOT), secret.toUpperCase(Locale.ROOT))) {
      byte[] bytes = text.getBytes(UTF_8);
      all.add(new String(bytes, ISO_8859_1));
      all.add(new String(text.getBytes(UTF_16BE), ISO_8859_1));
      all.add(new String(text.getBytes(UTF_16LE), ISO_8859_1));
      all.add(HexFormat.of().formatHex(bytes));
      all.add(HexFormat.of().withUpperCase().formatHex(bytes));
      for (int offset = 0; offset < 3; offset++) {
        byte[] shifted = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        // the first and last characters also depend on adjacent bytes
        String own = base64.substring(offset == 0 ? 0 : offset + 1, base64.length() - 1);
        all.add(own);
        all.add(own.replace('+', '-').replace('/', '_'));
      }
    }
    return all;
  }

  private List<String> inTables(Set<String> needles) throws SQLException {
    List<String> places = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(jdbcUrl, "sa", "")) {
      for (String table : tables(connection)) {
        places.addAll(inTable(connection, table, needles));
      }
    }
    return places;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet found =
        connection.getMetaData().getTables(null, "PUBLIC", "%", new String[] {"BASE TABLE"})) {
      while (found.next()) {
        tables.add(found.getString("TABLE_NAME"));
      }
    }
    if (!tables.contains("ACT_HI_DETAIL")) {
      throw new IllegalStateException("The engine's tables are not there: " + tables);
    }
    return tables;
  }

  private static List<String> inTable(Connection connection, String table, Set<String> needles)
      throws SQLException {
    List<String> places = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from \"" + table + "\"")) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int column = 1; column <= columns; column++) {
          Object value = rows.getObject(column);
          String text =
              value instanceof java.sql.Blob || value instanceof byte[]
                  ? new String(rows.getBytes(column), ISO_8859_1)
                  : String.valueOf(rows.getString(column));
          if (isIn(text, needles)) {
            places.add(table + "." + rows.getMetaData().getColumnName(column));
          }
        }
      }
    }
    return places;
  }

  private static List<String> inFiles(Path folder, Set<String> needles) throws IOException {
    List<String> places = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (isIn(new String(Files.readAllBytes(file), ISO_8859_1), needles)) {
          places.add(folder.relativize(file).toString());
        }
      }
    }
    return places;
  }

  private List<String> inMetrics(Set<String> needles) throws IOException, InterruptedException {
    List<String> places = new ArrayList<>();
    HttpClient http = HttpClient.newHttpClient();
    for (String page : List.of("health", "metrics", "prometheus", "info")) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://localhost:%d/actuator/%s".formatted(port, page)))
              .header("Authorization", Login.DEMO.authorization())
              .build();
      if (isIn(http.send(request, HttpResponse.BodyHandlers.ofString()).body(), needles)) {
        places.add("/actuator/" + page);
      }
    }
    return places;
  }

  private static boolean isIn(String text, Set<String> needles) {
    return needles.stream().anyMatch(text::contains);
  }
}

package fi.signspace.plugin.benchmark;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Copies process instances in a PostgreSQL database, with their history, tasks, permissions and
 * documents: a large installation in minutes. A copy differs in its ids, its business key, its
 * title and its times. Its sealed state and evidence are those of the original, so that the copy
 * does not verify.
 */
final class InstanceCopies {

  /** The length of the last part of a UUID, which is the same for all ids of a process. */
  private static final int NODE = 12;

  private static final List<String> INSTANCE_COLUMNS =
      List.of("proc_inst_id_", "process_instance_id_", "root_proc_inst_id_");

  private final Connection connection;

  InstanceCopies(Connection connection) {
    this.connection = connection;
  }

  /**
   * Makes copies that are spread evenly over the past.
   *
   * @param first the number of the first copy; numbers must not repeat
   * @param spread the time between the instance and its oldest copy, in seconds
   */
  void make(String instance, int first, int count, long spread) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // foreign keys are not checked, since rows refer to each other
      statement.execute("set session_replication_role = replica");
    }
    Map<String, List<Map<String, Object>>> rows = rowsOf(instance);
    Set<String> ids = new HashSet<>();
    ids.add(instance);
    rows.values().forEach(all -> all.forEach(row -> ids.add(String.valueOf(row.get("id_")))));
    for (Map.Entry<String, List<Map<String, Object>>> table : rows.entrySet()) {
      for (Map<String, Object> row : table.getValue()) {
        copy(table.getKey(), row, ids, first, count, (double) spread / count);
      }
    }
  }

  private Map<String, List<Map<String, Object>>> rowsOf(String instance) throws SQLException {
    Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();
    for (String table : tables()) {
      for (String column : INSTANCE_COLUMNS) {
        if (columns(table).contains(column) && !rows.containsKey(table)) {
          rows.put(table, select(table, column, Set.of(instance)));
        }
      }
    }
    Set<String> contents = values(rows, "bytearray_id_");
    rows.put("act_ge_bytearray", select("act_ge_bytearray", "id_", contents));
    Set<String> tasks = new HashSet<>();
    rows.getOrDefault("act_ru_task", List.of()).forEach(row -> tasks.add((String) row.get("id_")));
    rows.put("act_ru_identitylink", select("act_ru_identitylink", "task_id_", tasks));
    rows.put("act_ru_authorization", select("act_ru_authorization", "resource_id_", tasks));
    rows.remove("act_hi_op_log"); // no list reads it
    return rows;
  }

  private static Set<String> values(Map<String, List<Map<String, Object>>> rows, String column) {
    return rows.values().stream()
        .flatMap(List::stream)
        .map(row -> (String) row.get(column))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private void copy(
      String table, Map<String, Object> row, Set<String> ids, int first, int count, double step)
      throws SQLException {
    List<String> expressions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (Map.Entry<String, Object> column : row.entrySet()) {
      Object value = column.getValue();
      String name = column.getKey();
      if (value instanceof String text && ids.contains(text)) {
        expressions.add("? || lpad(to_hex(k), %d, '0')".formatted(NODE));
        values.add(text.substring(0, text.length() - NODE));
      } else if (value instanceof String && isDistinct(name, row)) {
        expressions.add("? || ' ' || k");
        values.add(value);
      } else if (value instanceof Timestamp && !name.equals("duedate_")) { // no timer fires
        expressions.add(
            "cast(? as timestamp) - make_interval(secs => (k - %d) * %s)".formatted(first, step));
        values.add(value);
      } else {
        expressions.add("?");
        values.add(value);
      }
    }
    String sql =
        "insert into %s (%s) select %s from generate_series(%d, %d) k"
            .formatted(
                table,
                String.join(", ", row.keySet()),
                cast(table, row.keySet(), expressions),
                first,
                first + count - 1);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        insert.setObject(i + 1, values.get(i));
      }
      insert.executeUpdate();
    }
  }

  private static boolean isDistinct(String column, Map<String, Object> row) {
    return column.equals("business_key_")
        || (column.equals("text_") && "title".equals(row.get("name_")));
  }

  private String cast(String table, Set<String> names, List<String> expressions)
      throws SQLException {
    Map<String, String> types = types(table);
    List<String> cast = new ArrayList<>();
    int i = 0;
    for (String name : names) {
      cast.add("cast(%s as %s)".formatted(expressions.get(i++), types.get(name)));
    }
    return String.join(", ", cast);
  }

  private List<Map<String, Object>> select(String table, String column, Set<String> values)
      throws SQLException {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select * from %s where %s = any (?)".formatted(table, column))) {
      select.setArray(1, connection.createArrayOf("text", values.toArray()));
      try (ResultSet result = select.executeQuery()) {
        ResultSetMetaData columns = result.getMetaData();
        while (result.next()) {
          Map<String, Object> row = new LinkedHashMap<>();
          for (int i = 1; i <= columns.getColumnCount(); i++) {
            row.put(columns.getColumnName(i).toLowerCase(Locale.ROOT), result.getObject(i));
          }
          rows.add(row);
        }
      }
    }
    return rows;
  }

  private List<String> tables() throws SQLException {
    List<String> tables = new ArrayList<>();
    DatabaseMetaData metaData = connection.getMetaData();
    for (String prefix : List.of("act_ru_%", "act_hi_%")) {
      try (ResultSet result = metaData.getTables(null, "public", prefix, new String[] {"TABLE"})) {
        while (result.next()) {
          tables.add(result.getString("TABLE_NAME"));
        }
      }
    }
    return tables;
  }

  private Set<String> columns(String table) throws SQLException {
    return types(table).keySet();
  }

  private Map<String, String> types(String table) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (ResultSet result = connection.getMetaData().getColumns(null, "public", table, "%")) {
      while (result.next()) {
        int type = result.getInt("DATA_TYPE");
        types.put(
            result.getString("COLUMN_NAME"),
            type == Types.VARCHAR ? "text" : result.getString("TYPE_NAME"));
      }
    }
    return types;
  }
}

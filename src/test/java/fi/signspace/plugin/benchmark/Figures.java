package fi.signspace.plugin.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measurements and the machine: a table in {@code target/benchmark.txt}, and the same data in
 * {@code target/benchmark.json}.
 */
final class Figures {

  private static final Path TABLE = Path.of("target", "benchmark.txt");
  private static final Path JSON = Path.of("target", "benchmark.json");
  private static final String ROW = "%-78s | %12s | %s%n";

  private static final List<Figure> ALL = new ArrayList<>();

  /**
   * @param goal the target value as text; empty if there is none
   */
  private record Figure(String name, double value, String unit, String goal) {}

  static synchronized void add(String name, double value, String unit, String goal) {
    ALL.add(new Figure(name, value, unit, goal));
    try {
      Files.createDirectories(Path.of("target"));
      Files.writeString(TABLE, table());
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(JSON.toFile(), Map.of("machine", machine(), "figures", ALL));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void add(String name, double value, String unit) {
    add(name, value, unit, "");
  }

  private static String table() {
    StringBuilder table = new StringBuilder();
    machine().forEach((part, what) -> table.append("%-10s %s%n".formatted(part, what)));
    table.append("%n".formatted());
    table.append(ROW.formatted("figure", "measured", "goal"));
    for (Figure figure : ALL) {
      String value = String.format(Locale.ROOT, "%.2f %s", figure.value(), figure.unit());
      table.append(ROW.formatted(figure.name(), value, figure.goal()));
    }
    return table.toString();
  }

  private static Map<String, String> machine() {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    machine.put("processor", line("/proc/cpuinfo", "model name"));
    machine.put("memory", line("/proc/meminfo", "MemTotal"));
    machine.put("load", line("/proc/loadavg", ""));
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    return machine;
  }

  private static String line(String file, String start) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(start))
          .findFirst()
          .map(line -> line.replaceFirst("^[^:]*:\\s*", ""))
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private Figures() {}
}

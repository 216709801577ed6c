package fi.signspace.plugin.chaos;

import fi.signspace.plugin.testkit.Nodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Writes a table of measurements to a file in {@code target}. */
final class Figures {

  private static final String ROW = "%-64s | %9s | %8s | %9s | %9s | %s%n";

  private final List<String> rows = new ArrayList<>();
  private final Path file;
  private long start = System.nanoTime();

  Figures(String fileName) {
    file = Path.of("target", fileName);
    rows.add(ROW.formatted("scenario", "instances", "requests", "incidents", "seconds", "remark"));
  }

  void begin() {
    start = System.nanoTime();
  }

  void add(String scenario, Instances instances, String remark) {
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    rows.add(
        ROW.formatted(
            scenario,
            instances.ids().size(),
            instances.requests().all(),
            instances.incidents(),
            seconds,
            remark));
    write();
  }

  private void write() {
    try {
      Files.writeString(file, toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return String.join("", rows) + "%nTimes: %s%n".formatted(new TreeMap<>(Nodes.TIMES));
  }
}

package fi.signspace.plugin.sandbox;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of the sandbox, in memory, up to a number of bytes. Safe for many threads. */
final class FileStore {

  /** What a file costs besides its content; bounds the number of small files too. */
  private static final int OVERHEAD = 1024;

  private final Clock clock;
  private final long capacity;
  private final Map<String, StoredFile> files = new HashMap<>();
  private long used;

  /**
   * @param capacity the most bytes to keep
   */
  FileStore(Clock clock, long capacity) {
    this.clock = clock;
    this.capacity = capacity;
  }

  StoredFile add(String name, @Nullable Integer importanceOrder, byte[] content) {
    return add(name, importanceOrder, content, content.length);
  }

  /** Adds a new file with the name and rank of another one. */
  StoredFile addCopy(StoredFile original, byte[] content) {
    int cost = content == original.content() ? 0 : content.length;
    return add(original.name(), original.importanceOrder(), content, cost);
  }

  private synchronized StoredFile add(
      String name, @Nullable Integer importanceOrder, byte[] content, int cost) {
    if (used + cost + OVERHEAD > capacity) {
      throw RefusalException.of(
          507,
          "sandbox_full",
          "The sandbox's memory is full: DELETE /sandbox/control/state clears it");
    }
    used += cost + OVERHEAD;
    var file = new StoredFile(Ids.next(), name, importanceOrder, content, clock.instant());
    files.put(file.id(), file);
    return file;
  }

  synchronized Optional<StoredFile> find(String id) {
    return Optional.ofNullable(files.get(id));
  }

  synchronized List<StoredFile> all() {
    return List.copyOf(files.values());
  }

  /** Takes files in under the ids that they have, instead of all that are there. */
  synchronized void replaceAll(List<StoredFile> others) {
    clear();
    others.forEach(
        file -> {
          used += file.content().length + OVERHEAD;
          files.put(file.id(), file);
        });
  }

  /** All of these files, in this order; an unknown one is a refusal. */
  List<StoredFile> require(List<String> ids) {
    return ids.stream()
        .map(
            id ->
                find(id).orElseThrow(() -> RefusalException.invalid("files", "unknown file " + id)))
        .toList();
  }

  synchronized void clear() {
    files.clear();
    used = 0;
  }
}

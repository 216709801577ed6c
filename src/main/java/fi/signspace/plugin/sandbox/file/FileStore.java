package fi.signspace.plugin.sandbox.file;

import fi.signspace.plugin.sandbox.Ids;
import fi.signspace.plugin.sandbox.RefusalException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of the sandbox, in memory, up to a total size. Thread-safe. */
public final class FileStore {

  /** The memory of a file in addition to its content; also limits the number of small files. */
  private static final int OVERHEAD = 1024;

  private final Clock clock;
  private final long capacity;
  private final Map<String, StoredFile> files = new HashMap<>();
  private long used;

  /**
   * @param capacity the maximum number of bytes
   */
  public FileStore(Clock clock, long capacity) {
    this.clock = clock;
    this.capacity = capacity;
  }

  public StoredFile add(String name, @Nullable Integer importanceOrder, byte[] content) {
    return add(name, importanceOrder, content, content.length);
  }

  /** Adds a file with the name and rank of another one. */
  public StoredFile addCopy(StoredFile original, byte[] content) {
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

  public synchronized Optional<StoredFile> find(String id) {
    return Optional.ofNullable(files.get(id));
  }

  public synchronized List<StoredFile> all() {
    return List.copyOf(files.values());
  }

  /** Replaces all files; the ids are preserved. */
  public synchronized void replaceAll(List<StoredFile> others) {
    clear();
    others.forEach(
        file -> {
          used += file.content().length + OVERHEAD;
          files.put(file.id(), file);
        });
  }

  /** Returns these files in this order, or rejects an unknown one. */
  public List<StoredFile> require(List<String> ids) {
    return ids.stream()
        .map(
            id ->
                find(id).orElseThrow(() -> RefusalException.invalid("files", "unknown file " + id)))
        .toList();
  }

  public synchronized void clear() {
    files.clear();
    used = 0;
  }
}

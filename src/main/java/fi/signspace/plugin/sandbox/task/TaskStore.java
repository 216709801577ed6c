package fi.signspace.plugin.sandbox.task;

import fi.signspace.plugin.sandbox.RefusalException;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The signing requests of the sandbox, in memory. Changes of a request are serialized. */
public final class TaskStore {

  private static final int MAX_TASKS = 50_000;

  private final Map<String, Task> tasks = new ConcurrentHashMap<>();
  private final Deque<String> newestFirst = new ConcurrentLinkedDeque<>();

  public void add(Task task) {
    if (tasks.size() >= MAX_TASKS) {
      throw RefusalException.of(
          507,
          "sandbox_full",
          "Too many signing requests: DELETE /sandbox/control/state clears them");
    }
    tasks.put(task.id(), task);
    newestFirst.addFirst(task.id());
  }

  public Optional<Task> find(String id) {
    return Optional.ofNullable(tasks.get(id));
  }

  public Task require(String id) {
    return find(id).orElseThrow(() -> notFound(id));
  }

  /** Applies a change; if it is rejected, nothing changes. */
  public Task change(String id, UnaryOperator<Task> change) {
    Task changed = tasks.computeIfPresent(id, (key, task) -> change.apply(task));
    if (changed == null) {
      throw notFound(id);
    }
    return changed;
  }

  public void delete(String id) {
    if (tasks.remove(id) == null) {
      throw notFound(id);
    }
    newestFirst.remove(id);
  }

  public Stream<Task> newestFirst() {
    return newestFirst.stream().map(tasks::get).filter(Objects::nonNull);
  }

  public int size() {
    return tasks.size();
  }

  public void clear() {
    newestFirst.clear();
    tasks.clear();
  }

  private static RefusalException notFound(String id) {
    return RefusalException.notFound("There is no signing request " + id);
  }
}

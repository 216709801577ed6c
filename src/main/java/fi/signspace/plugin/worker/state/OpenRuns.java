package fi.signspace.plugin.worker.state;

import static java.util.stream.Collectors.toUnmodifiableSet;

import fi.signspace.plugin.worker.task.EngineHistory.OpenRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The open runs of a process instance by their id. */
record OpenRuns(Map<String, OpenRun> runs) {

  /** The scopes around a run, innermost first; without the process instance. */
  List<String> around(String id) {
    return Stream.iterate(parent(id), runs::containsKey, this::parent).toList();
  }

  /** Those that open runs are in. */
  Set<String> scopesAmong(Set<String> ids) {
    Set<String> parents =
        runs.values().stream()
            .flatMap(run -> Stream.ofNullable(run.parentId()))
            .collect(toUnmodifiableSet());
    return ids.stream().filter(parents::contains).collect(toUnmodifiableSet());
  }

  /** The innermost of some scopes around a run; empty for the process instance. */
  Optional<String> innermost(String id, Set<String> scopes) {
    return around(id).stream().filter(scopes::contains).findFirst();
  }

  /** The parent of a run; empty if it is not open. */
  private String parent(String id) {
    OpenRun run = runs.get(id);
    return run == null || run.parentId() == null ? "" : run.parentId();
  }
}

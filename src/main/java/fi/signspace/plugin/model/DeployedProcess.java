package fi.signspace.plugin.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One version of a process deployed in an engine.
 *
 * @param id the engine's id of this version
 * @param tenant the tenant, if any
 * @param running the number of running instances of this version
 */
public record DeployedProcess(
    String id, String key, int version, @Nullable String tenant, int running) {

  /** Returns the versions in use: the latest of each process, and those with instances. */
  public static List<DeployedProcess> inUse(Collection<DeployedProcess> all) {
    Map<String, Integer> latest =
        all.stream()
            .collect(Collectors.toMap(DeployedProcess::name, DeployedProcess::version, Math::max));
    return all.stream()
        .filter(process -> process.running > 0 || process.version == latest.get(process.name()))
        .sorted(Comparator.comparing(DeployedProcess::name).thenComparing(DeployedProcess::version))
        .toList();
  }

  private String name() {
    return tenant == null ? key : key + " of " + tenant;
  }

  @Override
  public String toString() {
    return "%s, version %s (%s running)".formatted(name(), version, running);
  }
}

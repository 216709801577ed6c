package fi.signspace.plugin;

import fi.signspace.plugin.signing.input.ActingHandles;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may act in SignSpace ({@code signspace.acting-handle}, {@code
 * signspace.allowed-acting-handles}).
 *
 * @param actingHandle who acts, unless a process says otherwise
 * @param allowedActingHandles who else a process may name; none: nobody else
 */
@ConfigurationProperties("signspace")
public record ActingHandleProperties(
    @DefaultValue("") String actingHandle, @DefaultValue List<String> allowedActingHandles) {

  /** On a node that calls SignSpace, and so knows who acts by default. */
  public ActingHandles onWorkers(String actsByDefault) {
    return ActingHandles.of(actsByDefault, allowedActingHandles);
  }

  /** On a node that calls nobody: if it is not told, the workers decide. */
  public ActingHandles elsewhere() {
    boolean isTold =
        Stream.concat(Stream.of(actingHandle), allowedActingHandles.stream())
            .anyMatch(handle -> !handle.isBlank());
    return isTold ? ActingHandles.of(actingHandle, allowedActingHandles) : ActingHandles.any();
  }
}

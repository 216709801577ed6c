package fi.signspace.plugin.signing.input;

import fi.signspace.plugin.signing.text.Handles;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The configured acting handles; comparison ignores case and Unicode form.
 *
 * @param byDefault the handle used if the input contains none
 * @param allowed the handles that the input may contain
 * @param allowsAny whether any handle is allowed, because none is configured
 */
public record ActingHandles(String byDefault, List<String> allowed, boolean allowsAny) {

  public ActingHandles {
    allowed = List.copyOf(allowed);
  }

  /** The default handle is always allowed. */
  public static ActingHandles of(String byDefault, Collection<String> others) {
    List<String> allowed =
        Stream.concat(Stream.of(byDefault), others.stream())
            .map(String::strip)
            .filter(handle -> !handle.isEmpty())
            .distinct()
            .toList();
    return new ActingHandles(byDefault, allowed, false);
  }

  public static ActingHandles any() {
    return new ActingHandles("", List.of(), true);
  }

  boolean includes(String handle) {
    return allowsAny || allowed.stream().map(Handles::key).anyMatch(Handles.key(handle)::equals);
  }
}

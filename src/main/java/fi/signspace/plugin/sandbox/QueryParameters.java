package fi.signspace.plugin.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.function.ServerRequest;

/** The parameters of a GET, read strictly. */
public final class QueryParameters {

  private final MultiValueMap<String, String> parameters;

  private QueryParameters(MultiValueMap<String, String> parameters) {
    this.parameters = parameters;
  }

  public static QueryParameters of(ServerRequest request, Set<String> allowed) {
    request.params().keySet().stream()
        .filter(name -> !allowed.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw RefusalException.invalid(name, "unknown parameter");
            });
    return new QueryParameters(request.params());
  }

  /** Ids, one or more. */
  List<String> ids() {
    List<String> ids = parameters.getOrDefault("id", List.of());
    if (ids.isEmpty() || !ids.stream().allMatch(Formats::isId)) {
      throw RefusalException.invalid("id", "must be given, as 24 hexadecimal digits");
    }
    return ids;
  }

  Optional<String> oneOf(String name, List<String> options) {
    Optional<String> value = single(name);
    if (value.isPresent() && !options.contains(value.get())) {
      throw RefusalException.invalid(name, "must be one of " + String.join(", ", options));
    }
    return value;
  }

  public int positive(String name, int fallback) {
    try {
      int number = single(name).map(Integer::parseInt).orElse(fallback);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // rejected below, like zero
    }
    throw RefusalException.invalid(name, "must be a whole number, 1 or more");
  }

  private Optional<String> single(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw RefusalException.invalid(name, "must be given once");
    }
    return values.stream().findFirst();
  }
}

package fi.signspace.plugin.signing;

import java.util.*;
import org.jspecify.annotations.Nullable;

@SuppressWarnings("unchecked")
public final class RequestValidator {
  private final ValidationRules rules;

  public RequestValidator(ValidationRules rules) {
    this.rules = rules;
  }

  public Validation validate(Map<String, ? extends @Nullable Object> v, List<DocumentFacts> docs) {
    List<FieldProblem> p = new ArrayList<>(validateDocuments(docs));
    if (v.get("title") == null) p.add(new FieldProblem("title", "Title is missing"));
    if (!(v.get("participants") instanceof List))
      p.add(new FieldProblem("participants", "Participants are missing"));
    if (!p.isEmpty()) return new Validation.Invalid(p);
    List<Participant> ps = new ArrayList<>();
    for (Map<String, Object> m : (List<Map<String, Object>>) v.get("participants"))
      ps.add(
          new Participant(
              (String) m.get("handle"),
              Participant.Role.valueOf(((String) m.get("role")).toUpperCase(Locale.ROOT)),
              (String) m.get("displayName"),
              null,
              null));
    return new Validation.Valid(
        new SigningRequest(
            rules.defaultActingHandle(),
            (String) v.get("title"),
            null,
            ps,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            false,
            List.of(),
            Map.of(),
            null));
  }

  public List<FieldProblem> validateDocuments(List<DocumentFacts> docs) {
    return docs.isEmpty() ? List.of(new FieldProblem("documents", "No document")) : List.of();
  }
}

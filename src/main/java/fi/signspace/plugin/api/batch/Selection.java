package fi.signspace.plugin.api.batch;

import fi.signspace.plugin.api.call.InvalidInputException;
import fi.signspace.plugin.api.start.RequestFieldNames;
import fi.signspace.plugin.api.view.RequestQueries;
import fi.signspace.plugin.api.view.Status;
import fi.signspace.plugin.signing.input.FieldError;
import fi.signspace.plugin.signing.text.TextRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are meant: those with these ids, or those that a search finds.
 *
 * @param ids empty if it is a search
 * @param isPreview whether nothing is to be done
 */
record Selection(
    Set<String> ids, @Nullable Status status, @Nullable String businessKey, boolean isPreview) {

  /** As many as a list has rows. */
  static final int MAX = 10_000;

  private static final String IDS = "ids";
  private static final String STATUS = "status";
  private static final String BUSINESS_KEY = "businessKey";
  private static final String DRY_RUN = "dryRun";
  private static final List<String> KNOWN = List.of(IDS, STATUS, BUSINESS_KEY, DRY_RUN);

  /**
   * Parses the body of a call. A misspelled name is refused: ignored, it would select too much.
   *
   * @throws InvalidInputException if anything is invalid; lists all errors
   */
  static Selection parse(Map<String, @Nullable Object> body) {
    List<FieldError> problems = new ArrayList<>();
    body.keySet().stream()
        .filter(name -> !KNOWN.contains(name))
        .forEach(name -> problems.add(RequestFieldNames.unknown(name, KNOWN)));
    Set<String> ids = new LinkedHashSet<>();
    Object given = body.get(IDS);
    if (given instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      list.forEach(id -> ids.add((String) id));
    } else if (given != null) {
      problems.add(new FieldError(IDS, "Write the ids of requests, as an array of texts."));
    }
    Optional<String> status = text(body, STATUS, problems);
    Optional<Status> wanted = status.flatMap(Status::parse);
    if (status.isPresent() && wanted.isEmpty()) {
      problems.add(new FieldError(STATUS, "Write one of " + Status.choices() + "."));
    }
    Optional<String> key = text(body, BUSINESS_KEY, problems);
    key.flatMap(TextRules::unstorable)
        .ifPresent(
            what ->
                problems.add(new FieldError(BUSINESS_KEY, "The business key %s.".formatted(what))));
    Object dryRun = body.get(DRY_RUN);
    if (dryRun != null && !(dryRun instanceof Boolean)) {
      problems.add(new FieldError(DRY_RUN, "Write true or false."));
    }
    boolean isSearch = body.get(STATUS) != null || body.get(BUSINESS_KEY) != null;
    if ((given != null) == isSearch) {
      problems.add(
          new FieldError(IDS, "Name the requests by ids, or by status, businessKey or both."));
    }
    if (ids.size() > MAX) {
      problems.add(tooMany(IDS));
    }
    InvalidInputException.throwIfAny(problems);
    return new Selection(ids, wanted.orElse(null), key.orElse(null), Boolean.TRUE.equals(dryRun));
  }

  private static Optional<String> text(
      Map<String, @Nullable Object> body, String name, List<FieldError> problems) {
    Object value = body.get(name);
    if (value != null && !(value instanceof String)) {
      problems.add(new FieldError(name, "It must be text."));
    }
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /**
   * The ids of the requests, oldest first if it is a search.
   *
   * @throws InvalidInputException if they are too many
   */
  List<String> resolve(RequestQueries queries) {
    if (status == null && businessKey == null) {
      return List.copyOf(ids);
    }
    List<String> found = queries.ids(status, businessKey, MAX + 1);
    if (found.size() > MAX) {
      throw new InvalidInputException(List.of(tooMany(STATUS)));
    }
    return found;
  }

  private static FieldError tooMany(String field) {
    return new FieldError(field, "These are more than %s requests; name fewer.".formatted(MAX));
  }
}

package fi.signspace.plugin.api.view;

import fi.signspace.plugin.api.call.InvalidInputException;
import fi.signspace.plugin.signing.input.FieldError;
import fi.signspace.plugin.signing.text.TextRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The filter, order and page of a search for requests.
 *
 * @param search a part of the title, or the whole business key
 * @param page the page number, from 0
 * @param size the number of requests on a page
 */
public record PageRequest(
    @Nullable Status status,
    @Nullable String businessKey,
    @Nullable String search,
    Sort sort,
    int page,
    int size) {

  private static final int MAX_SIZE = 100;
  private static final int MAX_OFFSET = 1_000_000;

  /** The fields that requests can be sorted by. */
  private enum Field {
    STARTED_AT("startedAt"),
    ENDED_AT("endedAt"),
    BUSINESS_KEY("businessKey");

    private final String text;

    Field(String text) {
      this.text = text;
    }
  }

  /** The sort order. */
  record Sort(Field field, boolean isDescending) {

    static final Sort OLDEST_FIRST = new Sort(Field.STARTED_AT, false);

    private static final String DESCENDING = "-";

    private static Optional<Sort> parse(String text) {
      boolean isDescending = text.startsWith(DESCENDING);
      String name = isDescending ? text.substring(DESCENDING.length()) : text;
      return Stream.of(Field.values())
          .filter(field -> field.text.equals(name))
          .findFirst()
          .map(field -> new Sort(field, isDescending));
    }

    /** The id is the last column, so that requests with equal times do not move between pages. */
    String columns() {
      String column =
          switch (field) {
            case STARTED_AT -> "RES.START_TIME_";
            case ENDED_AT -> "RES.END_TIME_";
            case BUSINESS_KEY -> "RES.BUSINESS_KEY_";
          };
      return column + (isDescending ? " desc" : " asc") + ", RES.PROC_INST_ID_ asc";
    }

    @Override
    public String toString() {
      return (isDescending ? DESCENDING : "") + field.text;
    }
  }

  /**
   * Parses the query parameters.
   *
   * @throws InvalidInputException if any parameter is invalid
   */
  public static PageRequest parse(
      @Nullable String status,
      @Nullable String businessKey,
      @Nullable String search,
      String sort,
      int page,
      int size) {
    List<FieldError> problems = new ArrayList<>();
    Optional<Status> wanted = Optional.ofNullable(status).flatMap(Status::parse);
    if (status != null && wanted.isEmpty()) {
      problems.add(new FieldError("status", "Write one of " + Status.choices() + "."));
    }
    unstorable(businessKey)
        .map(what -> new FieldError("businessKey", "The business key %s.".formatted(what)))
        .ifPresent(problems::add);
    unstorable(search)
        .map(what -> new FieldError("search", "The text %s.".formatted(what)))
        .ifPresent(problems::add);
    Optional<Sort> order = Sort.parse(sort);
    if (order.isEmpty()) {
      problems.add(
          new FieldError(
              "sort",
              "Write startedAt, endedAt or businessKey; prefix it with - for descending order."));
    }
    if (size < 1 || size > MAX_SIZE) {
      problems.add(new FieldError("size", "Write a whole number from 1 to " + MAX_SIZE + "."));
    }
    if (page < 0 || (long) page * size > MAX_OFFSET) {
      problems.add(
          new FieldError(
              "page",
              "Write a whole number from 0; nothing beyond request %s is shown."
                  .formatted(MAX_OFFSET)));
    }
    InvalidInputException.throwIfAny(problems);
    return new PageRequest(
        wanted.orElse(null), businessKey, search, order.orElseThrow(), page, size);
  }

  private static Optional<String> unstorable(@Nullable String text) {
    return Optional.ofNullable(text).flatMap(TextRules::unstorable);
  }

  int offset() {
    return page * size;
  }

  SigningRequestPage.Links links(String path, long total) {
    int last = (int) Math.max(0, (total - 1) / size);
    return new SigningRequestPage.Links(
        link(path, page),
        link(path, 0),
        page == 0 ? null : link(path, Math.min(page - 1, last)),
        page >= last ? null : link(path, page + 1),
        link(path, last));
  }

  private String link(String path, int number) {
    return UriComponentsBuilder.fromPath(path)
        .queryParamIfPresent("status", Optional.ofNullable(status).map(Status::text))
        .queryParamIfPresent("businessKey", Optional.ofNullable(businessKey).map(key -> "{key}"))
        .queryParamIfPresent("search", Optional.ofNullable(search).map(text -> "{search}"))
        .queryParam("sort", sort)
        .queryParam("page", number)
        .queryParam("size", size)
        .encode()
        .buildAndExpand(Stream.of(businessKey, search).filter(Objects::nonNull).toArray())
        .toUriString();
  }
}

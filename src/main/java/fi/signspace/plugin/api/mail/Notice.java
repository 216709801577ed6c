package fi.signspace.plugin.api.mail;

import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.api.mail.NotifiedRequests.NotifiedRequest;
import fi.signspace.plugin.api.mail.NotifiedRequests.Person;
import fi.signspace.plugin.signing.text.DisplayText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content that all mails about one event share. It is determined once, so that a retry sends
 * the same.
 *
 * @param event the type of the event; for the end of a request also how it has ended
 * @param actor who did it
 * @param missing the names of those who are awaited, as far as they are known
 */
record Notice(
    String event,
    @Nullable String language,
    String title,
    @Nullable String reference,
    @Nullable String actor,
    @Nullable Integer completed,
    @Nullable Integer requested,
    @Nullable String dueAt,
    List<String> missing) {

  private static final String FORMER_DOCUMENTS = ".formerDocuments";

  private static final int MAX_TITLE = 150;
  private static final int MAX_NAME = 60;
  private static final int MAX_NAMES = 10;

  /**
   * @param signature the number of the signature, if the event is one
   */
  static Notice of(EventType type, int signature, NotifiedRequest request) {
    return new Notice(
        type == EventType.ENDED ? end(type, request) : type.text(),
        request.language(),
        DisplayText.shown(request.title(), MAX_TITLE),
        request.businessKey() == null ? null : DisplayText.shown(request.businessKey(), MAX_NAME),
        type == EventType.SIGNED ? actor(signature, request).orElse(null) : null,
        type == EventType.SIGNED ? Integer.valueOf(signature) : request.completed(),
        request.requested(),
        request.isEnded() || request.dueAt() == null ? null : request.dueAt().toString(),
        missing(request));
  }

  private static String end(EventType type, NotifiedRequest request) {
    String end = type.text() + "." + request.status();
    return request.hasSignatureOfFormerDocuments() ? end + FORMER_DOCUMENTS : end;
  }

  private static Optional<String> actor(int signature, NotifiedRequest request) {
    return request.signedBy().stream()
        .skip(Math.max(0, signature - 1))
        .findFirst()
        .flatMap(by -> by)
        .map(by -> DisplayText.shown(request.name(by), MAX_NAME));
  }

  private static List<String> missing(NotifiedRequest request) {
    return request.isEnded()
        ? List.of()
        : request.participants().stream()
            .filter(Person::isAwaited)
            .limit(MAX_NAMES)
            .map(person -> DisplayText.shown(person.name(), MAX_NAME))
            .toList();
  }
}

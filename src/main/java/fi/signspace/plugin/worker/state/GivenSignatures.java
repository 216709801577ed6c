package fi.signspace.plugin.worker.state;

import fi.signspace.plugin.process.SignatureGiven;
import fi.signspace.plugin.process.SigningState.ReplacedDocument;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.signing.RequestState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Determines which version of the documents each signature applies to. SignSpace counts a signature
 * even if documents were replaced after it, so its time is compared with the sealed times of the
 * replacements. Forms, API, evidence and {@code verify} show the result.
 */
public final class GivenSignatures {

  /**
   * One signature.
   *
   * @param documentsReplacedAt when documents were first replaced after it; null if never, or if
   *     the time of the signature is unknown
   */
  public record GivenSignature(
      @Nullable String signedBy,
      @Nullable Instant signedAt,
      @Nullable Instant documentsReplacedAt) {}

  public static List<GivenSignature> of(RequestState reported, SentRequest sent) {
    List<Instant> replacements =
        Stream.concat(sent.replaced().stream().map(ReplacedDocument::until), lastChange(sent))
            .map(Instant::parse)
            .toList();
    return reported.signatures().stream()
        .map(
            signature ->
                new GivenSignature(
                    signature.signedBy(),
                    signature.signedAt(),
                    firstAfter(signature.signedAt(), replacements)))
        .toList();
  }

  /** The same for forms and callers. */
  public static SignatureGiven[] asVariable(RequestState reported, SentRequest sent) {
    return of(reported, sent).stream()
        .map(
            given ->
                new SignatureGiven(
                    given.signedBy(), text(given.signedAt()), text(given.documentsReplacedAt())))
        .toArray(SignatureGiven[]::new);
  }

  /**
   * Returns a time after all signatures given until now, in SignSpace's time: its clock may be
   * ahead of the worker's, and it may not show a signature before the request is complete.
   *
   * @param reported the request now; null if SignSpace does not show it
   */
  public static Instant afterThose(SentRequest sent, @Nullable RequestState reported, Instant now) {
    return Stream.ofNullable(reported)
        .flatMap(request -> request.signatures().stream())
        .flatMap(signature -> Stream.ofNullable(signature.signedAt()))
        .map(signedAt -> signedAt.plusMillis(1))
        .reduce(
            now.plus(clockDifference(sent, reported)),
            (one, other) -> one.isAfter(other) ? one : other);
  }

  /**
   * How far SignSpace's clock was ahead of the worker's when the request was created; too much by
   * the duration of the call. It may not return the time of creation in response to that.
   */
  private static Duration clockDifference(SentRequest sent, @Nullable RequestState reported) {
    Instant createdAt =
        sent.createdAt() != null || reported == null
            ? instant(sent.createdAt())
            : reported.createdAt();
    if (createdAt == null) {
      return Duration.ZERO;
    }
    Duration ahead = Duration.between(Instant.parse(sent.creation().startedAt()), createdAt);
    return ahead.isNegative() ? Duration.ZERO : ahead;
  }

  private static @Nullable Instant instant(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }

  private static @Nullable String text(@Nullable Instant moment) {
    return moment == null ? null : moment.toString();
  }

  /** When the documents were last changed, even if others were only added to them. */
  private static Stream<String> lastChange(SentRequest sent) {
    return sent.documentsSince().equals(sent.creation().startedAt())
        ? Stream.empty()
        : Stream.of(sent.documentsSince());
  }

  private static @Nullable Instant firstAfter(
      @Nullable Instant signedAt, List<Instant> replacements) {
    return signedAt == null
        ? null
        : replacements.stream()
            .filter(signedAt::isBefore)
            .min(Comparator.naturalOrder())
            .orElse(null);
  }

  private GivenSignatures() {}
}

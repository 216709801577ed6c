package fi.signspace.plugin.worker.state;

import fi.signspace.plugin.process.SignatureGiven;
import fi.signspace.plugin.process.SigningState.ReplacedDocument;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.RequestState.Signature;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Determines which version of the documents each signature applies to. SignSpace counts a signature
 * even if documents were replaced after it, so its time is compared with the sealed times of the
 * replacements. As SignSpace's clock may be ahead, the earliest ones are also as many as it counted
 * then. Forms, API, evidence and {@code verify} show the result.
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
    if (reported.signedData() == null) {
      return notListed(reported, sent);
    }
    List<Instant> replacements =
        Stream.concat(sent.replaced().stream().map(ReplacedDocument::until), lastChange(sent))
            .map(Instant::parse)
            .toList();
    List<Signature> counted = countedBefore(reported, sent);
    return reported.signatures().stream()
        .map(
            signature ->
                new GivenSignature(
                    signature.signedBy(),
                    signature.signedAt(),
                    firstAfter(signature.signedAt(), replacements)
                        .or(
                            () ->
                                Optional.of(Instant.parse(sent.documentsSince()))
                                    .filter(since -> counted.contains(signature)))
                        .orElse(null)))
        .toList();
  }

  /** Of signatures that SignSpace only counts, those of former documents can be told. */
  private static List<GivenSignature> notListed(RequestState reported, SentRequest sent) {
    int before = Objects.requireNonNullElse(sent.formerSignatures(), 0);
    int count =
        Math.min(before, Objects.requireNonNullElse(reported.signaturesCompleted(), before));
    GivenSignature former = new GivenSignature(null, null, Instant.parse(sent.documentsSince()));
    return Collections.nCopies(count, former);
  }

  /** Those that SignSpace had counted when the current documents were sent. */
  private static List<Signature> countedBefore(RequestState reported, SentRequest sent) {
    int count = Objects.requireNonNullElse(sent.formerSignatures(), 0);
    return reported.signatures().stream()
        .filter(signature -> signature.signedAt() != null)
        .sorted(Comparator.comparing(Signature::signedAt))
        .limit(count)
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
   * Returns a time after all signatures given until now: also after those that lie in the future
   * because SignSpace's clock is ahead.
   *
   * @param reported the request now; null if SignSpace does not show it
   */
  public static Instant afterThose(@Nullable RequestState reported, Instant now) {
    return Stream.ofNullable(reported)
        .flatMap(request -> request.signatures().stream())
        .flatMap(signature -> Stream.ofNullable(signature.signedAt()))
        .map(signedAt -> signedAt.plusMillis(1))
        .reduce(now, (one, other) -> one.isAfter(other) ? one : other);
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

  private static Optional<Instant> firstAfter(
      @Nullable Instant signedAt, List<Instant> replacements) {
    return signedAt == null
        ? Optional.empty()
        : replacements.stream().filter(signedAt::isBefore).min(Comparator.naturalOrder());
  }

  private GivenSignatures() {}
}

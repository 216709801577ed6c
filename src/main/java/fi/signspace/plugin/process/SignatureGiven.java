package fi.signspace.plugin.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import fi.signspace.plugin.signing.Sha256;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signature as forms and the API show it. Times are ISO 8601 in UTC.
 *
 * @param documentsReplacedAt when the documents of this signature were replaced; null if they are
 *     current or that is unknown
 */
public record SignatureGiven(
    @Nullable String signedBy, @Nullable String signedAt, @Nullable String documentsReplacedAt) {

  /** Identifies a list of signatures. Sealed states contain it, so that it must not change. */
  public static String hash(List<SignatureGiven> signatures) {
    String lines =
        signatures.stream()
            .map(
                one ->
                    "%s\n%s\n%s\n".formatted(one.signedAt, one.documentsReplacedAt, one.signedBy))
            .collect(joining());
    return Sha256.of(lines.getBytes(UTF_8));
  }
}

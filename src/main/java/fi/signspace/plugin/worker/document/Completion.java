package fi.signspace.plugin.worker.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.Sha256;
import fi.signspace.plugin.worker.task.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Tells the completions of a request apart: it may be re-opened, signed by others and completed
 * again, and its signed files may keep their ids. Only files and signatures of one completion
 * belong together.
 */
final class Completion {

  /**
   * @param checked the state after the check that found it complete
   * @param reported the request as SignSpace reported it then
   * @return a hash that differs if the request was re-opened as far as SignSpace or a check shows
   */
  static String of(SigningState checked, RequestState reported) {
    String since = Objects.requireNonNull(checked.lastCheck()).statusSince();
    return Sha256.of(Json.write(List.of(since, details(reported))).getBytes(UTF_8));
  }

  /** Whether two responses show the same completion, in whatever order. */
  static boolean isSame(RequestState one, RequestState other) {
    return details(one).equals(details(other));
  }

  private static List<List<String>> details(RequestState reported) {
    return List.of(
        List.of(reported.statusText()),
        sorted(reported.fileIds().stream()),
        sorted(reported.signedFileIds().stream()),
        texts(reported.signaturesRequested(), reported.signaturesCompleted()),
        sorted(
            reported.signatures().stream()
                .map(s -> Json.write(texts(s.signedBy(), s.signedAt())))));
  }

  private static List<String> texts(Object... values) {
    return Arrays.stream(values).map(String::valueOf).toList();
  }

  private static List<String> sorted(Stream<String> texts) {
    return texts.sorted().toList();
  }

  private Completion() {}
}

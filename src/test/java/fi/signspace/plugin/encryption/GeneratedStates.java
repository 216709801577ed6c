package fi.signspace.plugin.encryption;

import fi.signspace.plugin.process.Notices;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Binding;
import fi.signspace.plugin.process.SigningState.Creation;
import fi.signspace.plugin.process.SigningState.FormerRequest;
import fi.signspace.plugin.process.SigningState.LastCheck;
import fi.signspace.plugin.process.SigningState.Participant;
import fi.signspace.plugin.process.SigningState.ReplacedDocument;
import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.process.SigningState.SignedDocument;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Random states that a worker may write, reproducible by seed. */
final class GeneratedStates {

  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "Äiti ja sopimus.pdf",
          "A\u0308iti ja sopimus.pdf",
          "租约 \uD83D\uDE80",
          "\"quoted\" \\ {\"version\":2}",
          "two\nlines\u2028\u0001",
          "eyJhbGciOiJub25lIn0.e30.");

  private static final int MAX_LIST = 4;

  private final Random random;

  private GeneratedStates(long seed) {
    random = new Random(seed);
  }

  static SigningState of(long seed) {
    return new GeneratedStates(seed).state();
  }

  private SigningState state() {
    return new SigningState(
        SigningState.VERSION,
        new Binding(text(), text(), text(), orNull(this::text), text()),
        orNull(this::text),
        orNull(this::text),
        list(this::document),
        random.nextBoolean(),
        orNull(this::creation),
        orNull(this::request),
        orNull(this::check),
        list(this::signed),
        list(this::text),
        list(this::text),
        list(this::text),
        random.nextInt(9),
        orNull(this::text),
        orNull(this::moment),
        text().length(),
        orNull(this::moment),
        list(this::text),
        list(this::text),
        orNull(this::text),
        orNull(this::notices),
        list(this::text),
        list(this::text),
        orNull(this::text),
        orNull(this::text));
  }

  private Notices notices() {
    return new Notices(
        random.nextInt(9),
        orNull(this::text),
        orNull(this::moment),
        orNull(this::moment),
        orNull(this::moment),
        orNull(this::moment),
        orNull(this::moment),
        orNull(this::text));
  }

  private SentRequest request() {
    return new SentRequest(
        text(),
        creation(),
        orNull(this::moment),
        list(this::document),
        moment(),
        list(() -> new ReplacedDocument(document(), moment())),
        orNull(() -> random.nextInt(9)));
  }

  private Creation creation() {
    return new Creation(
        moment(),
        text(),
        text(),
        text(),
        orNull(this::moment),
        list(
            () ->
                new Participant(
                    text(),
                    text(),
                    orNull(this::text),
                    orNull(() -> true),
                    orNull(() -> random.nextInt(9)))),
        orNull(this::text),
        orNull(() -> true));
  }

  private LastCheck check() {
    return new LastCheck(
        text(),
        text(),
        moment(),
        orNull(() -> random.nextInt(9)),
        random.nextInt(9),
        random.nextInt(9),
        orNull(this::moment),
        random.nextBoolean(),
        orNull(() -> new FormerRequest(text(), text())));
  }

  private SignedDocument signed() {
    return new SignedDocument(
        text(), text(), text(), random.nextLong(), text(), text(), orNull(this::text));
  }

  private SentDocument document() {
    return new SentDocument(text(), text(), random.nextLong(), text(), text());
  }

  private String moment() {
    return Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)).toString();
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size())) + random.nextInt(3);
  }

  private <T> List<T> list(Supplier<T> element) {
    return Stream.generate(element).limit(random.nextInt(MAX_LIST)).toList();
  }

  private <T> @Nullable T orNull(Supplier<T> value) {
    return random.nextInt(3) == 0 ? null : value.get();
  }
}

package fi.signspace.plugin.worker;

import fi.signspace.plugin.encryption.TestNins;
import fi.signspace.plugin.signing.ActingHandles;
import fi.signspace.plugin.signing.RequestValidator;
import fi.signspace.plugin.signing.ValidationRules;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;

/** Readers of requests, as the workers have them. */
final class Inputs {

  private static final long LONGEST_DOCUMENT = 2 << 20;

  private Inputs() {}

  static RequestInput reading(Clock clock) {
    return new RequestInput(
        new RequestValidator(
            new ValidationRules(
                clock,
                ZoneOffset.UTC,
                LONGEST_DOCUMENT,
                ActingHandles.of("robot@example.com", List.of("robot@example.com", "me@a.fi")))),
        TestNins.CIPHER);
  }
}

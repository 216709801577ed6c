package fi.signspace.plugin.worker.task;

import fi.signspace.plugin.encryption.TestNins;
import fi.signspace.plugin.signing.input.ActingHandles;
import fi.signspace.plugin.signing.input.RequestValidator;
import fi.signspace.plugin.signing.input.ValidationRules;
import fi.signspace.plugin.worker.request.RequestInput;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;

/** Creates the request readers of the workers. */
public final class Inputs {

  private static final long MAX_DOCUMENT = 2 << 20;

  private Inputs() {}

  public static RequestInput reading(Clock clock) {
    return new RequestInput(
        new RequestValidator(
            new ValidationRules(
                clock,
                ZoneOffset.UTC,
                MAX_DOCUMENT,
                ActingHandles.of("robot@example.com", List.of("robot@example.com", "me@a.fi")))),
        TestNins.CIPHER);
  }
}

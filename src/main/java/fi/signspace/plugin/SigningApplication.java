package fi.signspace.plugin;

import com.fasterxml.jackson.core.StreamReadConstraints;
import fi.signspace.plugin.evidence.command.VerifyCommand;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.mustache.MustacheAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;

/**
 * Starts the product: engine, web apps, workers and, unless a real SignSpace is configured, the
 * sandbox.
 */
// templates are for mails, not for pages
@SpringBootApplication(exclude = MustacheAutoConfiguration.class)
@ConfigurationPropertiesScan
public class SigningApplication {

  /** A document of 60 MB is a JSON string of 80 million characters; Jackson allows 20 million. */
  private static final int MAX_JSON_STRING = 100_000_000;

  static {
    StreamReadConstraints.overrideDefaultStreamReadConstraints(
        StreamReadConstraints.builder().maxStringLength(MAX_JSON_STRING).build());
  }

  public static void main(String[] args) {
    // before anything else: the engine writes dates, numbers and type names in the default locale
    Locale.setDefault(Locale.ENGLISH);
    if (args.length > 0 && args[0].equals(VerifyCommand.NAME)) {
      verify(List.of(args).subList(1, args.length));
    }
    SpringApplication.run(SigningApplication.class, args);
  }

  @Bean
  static Clock clock() {
    return Clock.systemUTC();
  }

  /** Ends the process: without a log, and with no exit code but 0 and 1. */
  private static void verify(List<String> arguments) {
    int exitCode = 1;
    try {
      LoggingSystem.get(SigningApplication.class.getClassLoader()).beforeInitialize();
      exitCode = new VerifyCommand(System.out).run(arguments);
    } finally {
      System.exit(exitCode);
    }
  }
}

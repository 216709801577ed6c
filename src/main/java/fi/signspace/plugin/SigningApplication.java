package fi.signspace.plugin;

import com.fasterxml.jackson.core.StreamReadConstraints;
import java.util.Locale;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts the product: engine, web apps, workers and, unless a real SignSpace is configured, the
 * sandbox.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SigningApplication {

  /** A document of 60 MB is a JSON string of 80 million characters; Jackson allows 20 million. */
  private static final int LONGEST_JSON_STRING = 100_000_000;

  static {
    StreamReadConstraints.overrideDefaultStreamReadConstraints(
        StreamReadConstraints.builder().maxStringLength(LONGEST_JSON_STRING).build());
  }

  public static void main(String[] args) {
    // before anything else: the engine writes dates, numbers and type names in the default locale
    Locale.setDefault(Locale.ENGLISH);
    SpringApplication.run(SigningApplication.class, args);
  }
}

package fi.signspace.plugin;

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

  public static void main(String[] args) {
    SpringApplication.run(SigningApplication.class, args);
  }
}

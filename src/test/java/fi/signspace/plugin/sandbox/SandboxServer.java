package fi.signspace.plugin.sandbox;

import fi.signspace.plugin.testkit.SettableClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Tomcat, Spring MVC and the sandbox only, with a settable clock. */
@Import(RunningSandbox.Server.class)
class SandboxServer {

  @Bean
  SettableClock clock() {
    return new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }
}

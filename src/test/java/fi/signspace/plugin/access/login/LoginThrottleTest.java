package fi.signspace.plugin.access.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.signspace.plugin.access.AccessProperties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

class LoginThrottleTest {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private final LoginThrottle throttle =
      new LoginThrottle(
          List.of(
              new ConfiguredUsers(
                  new AccessProperties(
                      Map.of(
                          "anna",
                          new AccessProperties.User("right", List.of("clerks"), null, null)),
                      Map.of()))),
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          });

  @Test
  void the_right_password_logs_in_with_the_groups() {
    assertThat(logIn("right", "1.1.1.1").getAuthorities()).hasToString("[clerks]");
  }

  @Test
  void after_five_wrong_ones_even_the_right_one_has_to_wait() {
    guess(5);

    assertThatThrownBy(() -> logIn("right", "1.1.1.1"))
        .isInstanceOf(TooManyLoginAttemptsException.class);
    now = now.plus(Duration.ofSeconds(1));
    assertThat(logIn("right", "1.1.1.1").isAuthenticated()).isTrue();
  }

  @Test
  void the_wait_grows_up_to_a_minute() {
    guess(5);
    for (int i = 0; i < 10; i++) {
      now = now.plus(Duration.ofMinutes(1));
      guess(1);
    }

    assertThatThrownBy(() -> logIn("right", "1.1.1.1"))
        .isInstanceOfSatisfying(
            TooManyLoginAttemptsException.class, e -> assertThat(e.seconds()).isEqualTo(60));
  }

  @Test
  void a_user_elsewhere_is_not_affected() {
    guess(5);

    assertThat(logIn("right", "2.2.2.2").isAuthenticated()).isTrue();
  }

  @Test
  void a_successful_login_resets_the_count() {
    guess(4);
    logIn("right", "1.1.1.1");
    guess(4);

    assertThat(logIn("right", "1.1.1.1").isAuthenticated()).isTrue();
  }

  private void guess(int times) {
    for (int i = 0; i < times; i++) {
      assertThatThrownBy(() -> logIn("wrong", "1.1.1.1"))
          .isInstanceOf(BadCredentialsException.class);
    }
  }

  private Authentication logIn(String password, String address) {
    var login = UsernamePasswordAuthenticationToken.unauthenticated("anna", password);
    login.setDetails(new WebAuthenticationDetails(address, null));
    return throttle.authenticate(login);
  }
}

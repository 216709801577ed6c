package fi.signspace.plugin.access.login;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.access.ClientAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LoginAttemptsTest {

  private static final ClientAddress HERE = ClientAddress.of("1.1.1.1");
  private static final ClientAddress ELSEWHERE = ClientAddress.of("2.2.2.2");

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private final LoginAttempts attempts =
      new LoginAttempts(
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
  void a_wrong_password_every_second_from_elsewhere_locks_no_user_out() {
    for (int i = 0; i < 10_000; i++) {
      now = now.plusSeconds(1);
      fail("anna", ELSEWHERE);
    }

    assertThat(attempts.waitOf("anna", HERE)).isEmpty();
    assertThat(attempts.waitOf("anna", ELSEWHERE)).isPresent();
  }

  @Test
  void another_spelling_of_a_user_is_the_same_user() {
    for (String user : new String[] {"anna", "ANNA", "Anna", " anna", "aNNa"}) {
      attempts.failed(user, HERE);
    }

    assertThat(attempts.waitOf("anna", HERE)).isPresent();
  }

  @Test
  void another_address_in_the_same_network_is_the_same_client() {
    for (int i = 1; i <= 5; i++) {
      attempts.failed("anna", ClientAddress.of("2001:db8::" + i));
    }

    assertThat(attempts.waitOf("anna", ClientAddress.of("2001:db8::ff:1"))).isPresent();
    assertThat(attempts.waitOf("anna", ClientAddress.of("2001:db8:0:1::1"))).isEmpty();
  }

  @Test
  void one_password_for_many_users_has_to_wait_too() {
    for (int i = 0; i < 50; i++) {
      attempts.failed("user" + i, HERE);
    }

    assertThat(attempts.waitOf("another", HERE)).contains(Duration.ofSeconds(1));
    assertThat(attempts.waitOf("another", ELSEWHERE)).isEmpty();
  }

  @Test
  void users_who_have_logged_in_from_an_address_are_not_affected_by_others_there() {
    attempts.succeeded("worker", HERE);
    for (int i = 0; i < 500; i++) {
      fail("user" + i, HERE);
    }

    assertThat(attempts.waitOf("worker", HERE)).isEmpty();
    assertThat(attempts.waitOf("another", HERE)).isPresent();
  }

  @Test
  void a_successful_login_in_between_does_not_clear_an_address() {
    for (int i = 0; i < 50; i++) {
      attempts.failed("user" + i, HERE);
      attempts.succeeded("mallory", HERE);
    }

    assertThat(attempts.waitOf("another", HERE)).isPresent();
  }

  @Test
  void an_address_is_forgotten_after_a_quarter_of_an_hour_without_a_wrong_password() {
    for (int i = 0; i < 50; i++) {
      attempts.failed("user" + i, HERE);
    }
    now = now.plus(Duration.ofMinutes(16));

    attempts.failed("another", HERE);

    assertThat(attempts.waitOf("yet another", HERE)).isEmpty();
  }

  /** Attempts that succeed without a wait. */
  private void fail(String user, ClientAddress address) {
    if (attempts.waitOf(user, address).isEmpty()) {
      attempts.failed(user, address);
    }
  }
}

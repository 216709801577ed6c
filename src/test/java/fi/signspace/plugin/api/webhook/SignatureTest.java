package fi.signspace.plugin.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {

  /** The example from the Standard Webhooks specification. */
  @Test
  void a_message_is_signed_according_to_the_specification() {
    Signature signature = new Signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    String signed =
        signature.of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}");

    assertThat(signed).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "open sesame, a secret", "whsec_c2hvcnQ=", "whsec_%%%"})
  void a_weak_secret_is_rejected_without_being_quoted(String secret) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Signature(secret))
        .withMessageContaining("openssl rand")
        .withMessageNotContaining("sesame");
  }
}

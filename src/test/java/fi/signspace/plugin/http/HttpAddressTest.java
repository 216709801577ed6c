package fi.signspace.plugin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "http://engine:8080/engine-rest, http://engine:8080/engine-rest",
    "http://engine:8080/engine-rest/, http://engine:8080/engine-rest",
    "http://engine:8080/engine-rest//, http://engine:8080/engine-rest",
    "'  https://engine.example/rest \t', https://engine.example/rest",
    "HTTPS://engine.example, HTTPS://engine.example",
    "http://[::1]:8080/, http://[::1]:8080"
  })
  void a_base_url_is_stripped_of_blanks_and_trailing_slash(String given, String base) {
    HttpAddress address = Objects.requireNonNull(HttpAddress.valueOf(given));

    assertThat(address.asBase()).hasToString(base);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void a_blank_url_counts_as_missing(String given) {
    assertThat(HttpAddress.valueOf(given)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://engine.example, is no http",
    "engine.example/rest, is no http",
    "engine:8080, is no http",
    "http://, is no http",
    "http:///rest, has no valid host",
    "http://engine_1:8080/rest, has no valid host",
    "http://engine.example/a b, is no http",
    "http://me:secret@engine.example, user name or a password",
    "http://engine.example:99999/rest, port",
    "http://engine.example/rest#part, behind #",
    "http://engine.example/rest?x=1, behind ?"
  })
  void an_invalid_base_url_is_rejected(String given, String why) {
    assertThatThrownBy(() -> Objects.requireNonNull(HttpAddress.valueOf(given)).asBase())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("secret");
  }
}

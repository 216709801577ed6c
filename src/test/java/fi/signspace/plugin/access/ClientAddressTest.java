package fi.signspace.plugin.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

  @ParameterizedTest
  @CsvSource({
    "1.2.3.4, 1.2.3.4, 1.2.3.4",
    "' 1.2.3.4 ', 1.2.3.4, 1.2.3.4",
    "1.2.3.4:5678, 1.2.3.4, 1.2.3.4",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1, 20:01:0d:b8:00:00:00:00/64",
    "2001:DB8:0:0::1, 2001:db8:0:0:0:0:0:1, 20:01:0d:b8:00:00:00:00/64",
    "[2001:db8::1], 2001:db8:0:0:0:0:0:1, 20:01:0d:b8:00:00:00:00/64",
    "[2001:db8::1]:443, 2001:db8:0:0:0:0:0:1, 20:01:0d:b8:00:00:00:00/64",
    "2001:db8::ffff:1, 2001:db8:0:0:0:0:ffff:1, 20:01:0d:b8:00:00:00:00/64",
    "2001:db8:0:1::1, 2001:db8:0:1:0:0:0:1, 20:01:0d:b8:00:00:00:01/64",
    "::ffff:1.2.3.4, 1.2.3.4, 1.2.3.4",
  })
  void an_address_has_one_canonical_form(String given, String text, String network) {
    assertThat(ClientAddress.parse(given)).contains(new ClientAddress(text, network));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "unknown",
        "_hidden",
        "localhost",
        "example.com",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "0x7f.1.1.1",
        "1.2.3.4:",
        "1.2.3.4:http",
        "1.2.3.4, 5.6.7.8",
        "[1.2.3.4]",
        "[2001:db8::1",
        "2001:db8::1%eth0",
        "2001:db8::g",
        ":",
        "1:2:3",
        "fe80::1::2",
        "'1.2.3.4'"
      })
  void other_texts_are_never_resolved(String text) {
    assertThat(ClientAddress.parse(text)).isEmpty();
  }
}

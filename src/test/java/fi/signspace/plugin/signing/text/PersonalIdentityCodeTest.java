package fi.signspace.plugin.signing.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The codes are invented; still, the display names do not contain them. */
class PersonalIdentityCodeTest {

  @ParameterizedTest
  @ValueSource(strings = {"+", "-", "Y", "X", "W", "V", "U", "A", "B", "C", "D", "E", "F"})
  void every_century_sign_is_known(String sign) {
    String code = "131052" + sign + "308T";

    boolean valid = PersonalIdentityCode.isValid(code);

    assertThat(valid).isTrue();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "010190-002R, first individual number",
    "311299-8997, last ordinary individual number",
    "311299-9008, first temporary code",
    "290200A999J, leap day of 2000",
    "290204A123A, leap day of 2004"
  })
  void a_correct_code_is_valid(String code, String why) {
    boolean valid = PersonalIdentityCode.isValid(code);

    assertThat(valid).as(why).isTrue();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "131052-308U, wrong check character",
    "131052-309T, wrong digit",
    "010190-001P, individual number 001",
    "010190-000N, individual number 000",
    "290200-1239, 1900 had no leap day",
    "290200+1239, 1800 had no leap day",
    "290203A1232, 2003 had no leap day",
    "310490-123D, April has 30 days",
    "001090-1238, day 0",
    "011390-123A, month 13",
    "010090-123U, month 0",
    "131052G308T, no sign of a century",
    "131052Z308T, no sign of a century",
    "131052-308t, small letter",
    "131052308T, no sign at all",
    "131052-308, no check character",
    "131052-308TT, too long",
    "١٣١٠٥٢-٣٠٨T, digits of another script",
    "'', nothing"
  })
  void a_wrong_code_is_invalid(String code, String why) {
    boolean valid = PersonalIdentityCode.isValid(code);

    assertThat(valid).as(why).isFalse();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "131052-308T, ***",
    "'Contract (131052-308t).pdf', 'Contract (***).pdf'",
    "nin_131052A308X_old, nin_***_old",
    "131052–308T and 010190 - 002R, *** and ***",
    "234242-12, ***"
  })
  void anything_like_a_code_is_masked_valid_or_not(String text, String masked) {
    String result = PersonalIdentityCode.masked(text);

    assertThat(result).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"name@example.com", "2026-11-24T10:00:00.000+0200", "contract-2026.pdf"})
  void other_text_is_not_masked(String text) {
    String result = PersonalIdentityCode.masked(text);

    assertThat(result).isEqualTo(text);
  }
}

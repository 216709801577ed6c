package fi.signspace.plugin.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeaderRulesTest {

  /** The same rules as Spring Security's StrictHttpFirewall. */
  private static final Predicate<String> NAME =
      Pattern.compile("[\\p{IsAssigned}&&[^\\p{IsControl}]]*").asMatchPredicate();

  private static final Predicate<String> VALUE =
      Pattern.compile("[\\p{IsAssigned}&&[[^\\p{IsControl}]||\\t]]*").asMatchPredicate();

  @Test
  void every_character_is_treated_as_by_the_firewall() {
    IntStream.rangeClosed(Character.MIN_CODE_POINT, Character.MAX_CODE_POINT)
        .mapToObj(character -> "a" + Character.toString(character) + "b")
        .forEach(
            text -> {
              assertThat(HeaderRules.isName(text)).isEqualTo(NAME.test(text));
              assertThat(HeaderRules.isValue(text)).isEqualTo(VALUE.test(text));
            });
  }

  @Test
  void an_empty_text_is_allowed() {
    assertThat(HeaderRules.isName("")).isTrue();
    assertThat(HeaderRules.isValue("")).isTrue();
  }
}

package fi.signspace.plugin.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeaderRulesTest {

  /** As in Spring Security's StrictHttpFirewall. */
  private static final Predicate<String> NAME =
      Pattern.compile("[\\p{IsAssigned}&&[^\\p{IsControl}]]*").asMatchPredicate();

  private static final Predicate<String> VALUE =
      Pattern.compile("[\\p{IsAssigned}&&[[^\\p{IsControl}]||\\t]]*").asMatchPredicate();

  @Test
  void every_character_is_judged_as_the_firewall_judges_it() {
    IntStream.rangeClosed(Character.MIN_CODE_POINT, Character.MAX_CODE_POINT)
        .mapToObj(character -> "a" + Character.toString(character) + "b")
        .forEach(
            text -> {
              assertThat(HeaderRules.isName(text)).isEqualTo(NAME.test(text));
              assertThat(HeaderRules.isValue(text)).isEqualTo(VALUE.test(text));
            });
  }

  @Test
  void nothing_is_fine() {
    assertThat(HeaderRules.isName("")).isTrue();
    assertThat(HeaderRules.isValue("")).isTrue();
  }
}

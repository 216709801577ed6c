package fi.signspace.plugin.engine.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryExpressionManagerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${currentUser()}",
        "#{currentUser()}",
        "${ currentUserGroups() }",
        "${now()}",
        "${dateTime()}",
        "${ dateTime().minusDays(2) }",
        "${dateTime().plusWeeks(1).withTimeAtStartOfDay()}"
      })
  void the_current_user_and_times_are_harmless(String expression) {
    assertThat(QueryExpressionManager.isHarmless(expression)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "${1+1}",
        "${''.getClass()}",
        "${currentUser().getClass()}",
        "${currentUser()}${''.getClass()}",
        "${currentUser()}\n${''.getClass()}",
        "${currentUserGroups().toArray()}",
        "${now().getClass()}",
        "${dateTime().getClass()}",
        "${dateTime().plusDays(''.getClass())}",
        "${dateTime().plusDays(1).getClass()}",
        "${dateTime().withZone(x)}",
        "${someBean.run()}"
      })
  void all_other_expressions_are_not(String expression) {
    assertThat(QueryExpressionManager.isHarmless(expression)).isFalse();
  }
}

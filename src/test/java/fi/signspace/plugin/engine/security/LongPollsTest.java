package fi.signspace.plugin.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;

class LongPollsTest {

  private final LongPolls polls = new LongPolls(2);

  @Test
  void each_user_may_have_a_limited_number() {
    assertThat(polls.begin("anna")).isTrue();
    assertThat(polls.begin("anna")).isTrue();
    assertThat(polls.begin("anna")).isFalse();
    assertThat(polls.begin("bert")).isTrue();
  }

  @Test
  void a_request_with_an_immediate_response_is_no_longer_counted() {
    polls.begin("anna");
    polls.begin("anna");

    polls.endWith(new MockHttpServletRequest(), "anna");

    assertThat(polls.begin("anna")).isTrue();
  }

  @Test
  void a_waiting_request_is_counted_until_its_response() {
    polls.begin("anna");
    polls.begin("anna");
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setAsyncSupported(true);
    MockAsyncContext waiting = (MockAsyncContext) request.startAsync();

    polls.endWith(request, "anna");
    boolean whileItWaits = polls.begin("anna");
    polls.endWith(new MockHttpServletRequest(), "anna");
    waiting.complete();

    assertThat(whileItWaits).isFalse();
    assertThat(polls.begin("anna")).isTrue();
  }
}

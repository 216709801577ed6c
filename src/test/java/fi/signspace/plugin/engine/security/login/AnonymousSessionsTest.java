package fi.signspace.plugin.engine.security.login;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSessionEvent;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;

class AnonymousSessionsTest {

  private final AnonymousSessions sessions = new AnonymousSessions(10);

  @Test
  void the_oldest_sessions_without_a_login_are_invalidated() {
    List<MockHttpSession> made = make(25);

    assertThat(made.subList(0, 15)).allMatch(MockHttpSession::isInvalid);
    assertThat(made.subList(15, 25)).noneMatch(MockHttpSession::isInvalid);
  }

  @Test
  void sessions_with_a_login_are_kept() {
    MockHttpSession anna = make(1).get(0);
    AuthenticationUtil.getAuthsFromSession(anna)
        .addOrReplace(new UserAuthentication("anna", "default"));

    make(25);

    assertThat(anna.isInvalid()).isFalse();
  }

  @Test
  void an_ended_session_makes_room() {
    List<MockHttpSession> made = make(10);
    made.get(9).invalidate();
    sessions.sessionDestroyed(new HttpSessionEvent(made.get(9)));

    make(1);

    assertThat(made.get(0).isInvalid()).isFalse();
  }

  @Test
  void a_session_that_ends_at_the_same_moment_is_tolerated() {
    make(10).get(0).invalidate();

    assertThat(make(1).get(0).isInvalid()).isFalse();
  }

  private List<MockHttpSession> make(int count) {
    List<MockHttpSession> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      MockHttpSession session = new MockHttpSession();
      made.add(session);
      sessions.sessionCreated(new HttpSessionEvent(session));
    }
    return made;
  }
}

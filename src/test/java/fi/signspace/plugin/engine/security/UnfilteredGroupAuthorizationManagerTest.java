package fi.signspace.plugin.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;
import org.junit.jupiter.api.Test;

class UnfilteredGroupAuthorizationManagerTest {

  @Test
  void no_group_is_queried() {
    AuthorizationManager manager =
        (AuthorizationManager) UnfilteredGroupAuthorizationManager.factory().openSession();

    // there is no database here that could be queried
    assertThat(manager.filterAuthenticatedGroupIds(List.of("clerks", "unknown")))
        .containsExactly("clerks", "unknown");
    assertThat(manager.filterAuthenticatedGroupIds(null)).isEmpty();
  }

  @Test
  void it_replaces_the_engines_own() {
    assertThat(UnfilteredGroupAuthorizationManager.factory().getSessionType())
        .isEqualTo(AuthorizationManager.class);
  }
}

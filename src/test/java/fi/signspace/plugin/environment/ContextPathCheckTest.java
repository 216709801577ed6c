package fi.signspace.plugin.environment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

class ContextPathCheckTest {

  @ParameterizedTest
  @ValueSource(strings = {"signing", "/", "/signing/", "signing/", "/a b", "//x", "/x?y"})
  void a_path_that_the_server_refuses_is_named(String path) {
    assertThatThrownBy(() -> check(path))
        .isInstanceOf(UnsupportedSettingException.class)
        .hasMessageContaining("server.servlet.context-path")
        .hasMessageContaining("“" + path + "”");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/signing", "/a/b"})
  void a_path_from_the_root_is_accepted(String path) {
    assertThatCode(() -> check(path)).doesNotThrowAnyException();
  }

  private static void check(String path) {
    new ContextPathCheck()
        .postProcessEnvironment(
            new MockEnvironment().withProperty("server.servlet.context-path", path),
            new SpringApplication());
  }
}

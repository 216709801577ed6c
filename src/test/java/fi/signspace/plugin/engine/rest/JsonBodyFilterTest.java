package fi.signspace.plugin.engine.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class JsonBodyFilterTest {

  private int singleReads;

  @Test
  void a_body_is_passed_on_unchanged_and_in_blocks() throws Exception {
    String body = "{\"title\": \"%s\"}".formatted("Vuokrasopimus ".repeat(1000));

    assertThat(throughTheFilter("application/json;charset=utf-8", body)).isEqualTo(body);
    // the filter reads one byte to detect an empty body
    assertThat(singleReads).isEqualTo(1);
  }

  @Test
  void an_empty_body_becomes_an_empty_object() throws Exception {
    assertThat(throughTheFilter("application/json", "")).isEqualTo("{}");
  }

  @Test
  void other_content_types_are_not_wrapped() throws Exception {
    assertThat(throughTheFilter("multipart/form-data", "")).isEmpty();
    assertThat(throughTheFilter(null, "plain")).isEqualTo("plain");
  }

  private String throughTheFilter(@Nullable String contentType, String body) throws Exception {
    MockHttpServletRequest request =
        new MockHttpServletRequest() {
          @Override
          public ServletInputStream getInputStream() {
            return counted(super.getInputStream());
          }
        };
    request.setContentType(contentType);
    request.setContent(body.getBytes(UTF_8));
    MockFilterChain chain = new MockFilterChain();

    new JsonBodyFilter().doFilter(request, new MockHttpServletResponse(), chain);

    return new String(chain.getRequest().getInputStream().readAllBytes(), UTF_8);
  }

  private ServletInputStream counted(ServletInputStream stream) {
    return new DelegatingServletInputStream(stream) {
      @Override
      public int read() throws IOException {
        singleReads++;
        return super.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return stream.read(bytes, offset, length);
      }
    };
  }
}

package fi.signspace.plugin.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonWriter;

/** Log lines in the format of {@code logback-spring.xml}. */
class LogTest {

  private static final String FORGED = "K1\n2026-01-01 INFO forged\u001b[31m\u2028\r";

  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void set_up_an_empty_context() {
    context.setMDCAdapter(new LogbackMDCAdapter());
  }

  @Test
  void a_value_stays_on_its_line() {
    String line = line("Started {}", null, FORGED);

    assertThat(line)
        .isEqualTo("[] Started K1\\u000a2026-01-01 INFO forged\\u001b[31m\\u2028\\u000d|");
  }

  @Test
  void the_context_of_a_line_stays_on_it() {
    LoggingEvent event = event("done", null);
    event.setMDCPropertyMap(Map.of("businessKey", FORGED));

    assertThat(written(event))
        .startsWith("[K1\\u000a2026-01-01 INFO forged\\u001b[31m\\u2028\\u000d] done");
  }

  @Test
  void a_message_of_several_lines_is_indented() {
    String line = line("Failed to start:\n\nSet \u001bit\r\n  now", null);

    assertThat(line).isEqualTo("[] Failed to start:\n\n  Set \\u001bit\r\n  now|");
  }

  @Test
  void no_line_contains_an_identity_code() {
    Exception failure = new IllegalStateException("of 131052\u2013308T\nforged 131052 308T");
    LoggingEvent event = event("GET /x?nin=131052-308T {}", failure, "{\"nins\":\"131052-308T\"}");
    event.setMDCPropertyMap(Map.of("businessKey", "131052_308T"));

    String lines = written(event);

    assertThat(lines)
        .doesNotContain("308T", "131052")
        .contains("nin=***", "\n  forged ***", "\tat ")
        .startsWith("[***]");
  }

  @Test
  void causes_start_their_lines() {
    Exception failure = new IllegalStateException("outer", new IllegalArgumentException("inner"));

    assertThat(line("failed", failure)).containsPattern("\n(Caused|Wrapped) by: java.lang.Illegal");
  }

  @Test
  void a_json_line_contains_no_identity_code() {
    JsonWriter<Object> writer =
        JsonWriter.of(
            members -> {
              members.add("message", "of 131052-308T, case 847f5a73-ea09-11f1-bd8e-02fc00000001");
              new SafeJson().customize(members);
            });

    assertThat(writer.writeToString("line"))
        .isEqualTo("{\"message\":\"of ***, case 847f5a73-ea09-11f1-bd8e-02fc00000001\"}");
  }

  private String line(String message, @Nullable Throwable failure, Object... arguments) {
    return written(event(message, failure, arguments));
  }

  private LoggingEvent event(String message, @Nullable Throwable failure, Object... arguments) {
    Logger logger = context.getLogger("test");
    return new LoggingEvent("", logger, Level.INFO, message, failure, arguments);
  }

  private String written(LoggingEvent event) {
    PatternLayout layout = new PatternLayout();
    layout.setContext(context);
    layout.getInstanceConverterMap().put("m", SafeMessage::new);
    layout.getInstanceConverterMap().put("X", SafeContext::new);
    layout.getInstanceConverterMap().put("wEx", SafeStackTrace::new);
    layout.setPattern("[%X{businessKey}] %m|%wEx");
    layout.start();
    return layout.doLayout(event);
  }
}

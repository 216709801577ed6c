package fi.signspace.plugin.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.signing.input.UnreadableJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartVariableParserTest {

  private static final Map<String, String> ANN = Map.of("handle", "ann@a.fi", "role", "signer");
  private static final Map<String, String> BOB = Map.of("handle", "bob@b.fi", "role", "signer");

  @Test
  void comma_separated_addresses_are_signers() {
    assertThat(StartVariableParser.read("participants", " ann@a.fi, bob@b.fi,"))
        .isEqualTo(List.of(ANN, BOB));
    assertThat(StartVariableParser.read("ownersHandles", "ann@a.fi;bob@b.fi"))
        .isEqualTo(List.of("ann@a.fi", "bob@b.fi"));
  }

  @Test
  void json_text_is_parsed() {
    assertThat(
            StartVariableParser.read(
                "participants", "[{\"handle\": \"ann@a.fi\", \"role\": \"signer\"}]"))
        .isEqualTo(List.of(ANN));
    assertThat(StartVariableParser.read("metadata", "{\"f1\": \"x\"}"))
        .isEqualTo(Map.of("f1", "x"));
  }

  @Test
  void invalid_json_reports_the_position_of_the_error() {
    assertThat(StartVariableParser.read("participants", "[{\"handle\": \"a@b.fi\"},]"))
        .isInstanceOfSatisfying(
            UnreadableJson.class,
            json -> {
              assertThat(json.line()).isEqualTo(1);
              assertThat(json.column()).isEqualTo(23);
            });
    assertThat(StartVariableParser.read("metadata", "{\"a\": 1, \"a\": 2}"))
        .isInstanceOf(UnreadableJson.class);
    assertThat(StartVariableParser.read("ownersHandles", "[] []"))
        .isInstanceOf(UnreadableJson.class);
  }

  @Test
  void other_values_are_unchanged() {
    assertThat(StartVariableParser.read("title", "[1]")).isEqualTo("[1]");
    assertThat(StartVariableParser.read("metadata", "no object")).isEqualTo("no object");
    assertThat(StartVariableParser.read("participants", List.of(ANN))).isEqualTo(List.of(ANN));
    assertThat(StartVariableParser.read("participants", " ")).isEqualTo(List.of());
    assertThat(StartVariableParser.read("participants", null)).isNull();
  }
}

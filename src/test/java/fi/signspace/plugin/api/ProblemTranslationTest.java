package fi.signspace.plugin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import fi.signspace.plugin.api.call.InvalidInputException;
import fi.signspace.plugin.environment.ProblemTexts;
import fi.signspace.plugin.signing.input.FieldError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class ProblemTranslationTest {

  @RestController
  static final class Refusing {

    @SuppressWarnings("DoNotCallSuggester")
    @GetMapping("/refuse")
    String refuse() {
      throw new InvalidInputException(
          List.of(
              new FieldError("escalateTo", "Participant 2: There are merged cells; separate them."),
              new FieldError("title", "Nobody has translated this {0} $1.")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fi-FI, en;q=0.5 | Osallistuja 2: Taulukossa on yhdistettyjä soluja; erota ne.",
        "sv | Deltagare 2: Det finns sammanfogade celler; dela dem.",
        "en | Participant 2: There are merged cells; separate them.",
        "de | Participant 2: There are merged cells; separate them.",
        ";;; | Participant 2: There are merged cells; separate them."
      })
  void an_error_is_described_in_the_language_of_the_caller(String accepted, String detail)
      throws Exception {
    MockMvcBuilders.standaloneSetup(new Refusing())
        .setControllerAdvice(new ApiProblems(), new ProblemTranslation())
        .build()
        .perform(get("/refuse").header("Accept-Language", accepted))
        .andExpect(status().isUnprocessableEntity())
        .andExpect(jsonPath("$.errors[0].field").value("escalateTo"))
        .andExpect(jsonPath("$.errors[0].detail").value(detail))
        .andExpect(jsonPath("$.errors[1].detail").value("Nobody has translated this {0} $1."));
  }

  @Test
  void every_sentence_of_the_forms_is_read() throws IOException {
    String source =
        Files.readString(Path.of("forms", "signing-problems.js"), StandardCharsets.UTF_8);
    long written = Pattern.compile("\\ben: ['\"`]").matcher(source).results().count();

    assertThat(new ProblemTexts().size()).isPositive().isEqualTo((int) written);
  }

  @Test
  void what_callers_have_typed_is_not_changed() {
    ProblemTexts texts = new ProblemTexts();

    assertThat(
            texts.in(
                Locale.forLanguageTag("fi"), "It holds the error $1 {0}; correct the formula."))
        .isEqualTo("Solussa on virhe $1 {0}; korjaa kaava.");
    assertThat(texts.in(Locale.forLanguageTag("fi"), "x".repeat(2000))).hasSize(2000);
  }
}

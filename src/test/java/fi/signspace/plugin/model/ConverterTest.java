package fi.signspace.plugin.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.community.migration.converter.ConverterPropertiesFactory;
import org.camunda.community.migration.converter.DiagramCheckResult;
import org.camunda.community.migration.converter.DiagramCheckResult.Severity;
import org.camunda.community.migration.converter.DiagramConverterFactory;
import org.junit.jupiter.api.Test;

/** What Camunda's converter from 7 to 8 leaves to people. */
class ConverterTest {

  private static final String MODEL = "processes/signing-request.bpmn";
  private static final Set<Severity> LEFT_TO_PEOPLE = EnumSet.of(Severity.TASK, Severity.WARNING);
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z-]+)` \\| (\\d+) \\|", Pattern.MULTILINE);

  @Test
  void the_findings_are_those_that_the_migration_page_explains() throws IOException {
    Map<String, Integer> explained = new TreeMap<>();
    ROW.matcher(Files.readString(Path.of("docs", "migration.md")))
        .results()
        .forEach(row -> explained.put(row.group(1), Integer.valueOf(row.group(2))));

    Map<String, Integer> found = findings(Path.of(MODEL));

    assertThat(found).isEqualTo(explained);
  }

  /** The number of findings by their kind. */
  private static Map<String, Integer> findings(Path model) {
    DiagramCheckResult result =
        DiagramConverterFactory.getInstance()
            .get()
            .check(
                model.toString(),
                Bpmn.readModelFromFile(model.toFile()),
                ConverterPropertiesFactory.getInstance().get());
    Map<String, Integer> findings = new TreeMap<>();
    result.getResults().stream()
        .flatMap(element -> element.getMessages().stream())
        .filter(message -> LEFT_TO_PEOPLE.contains(message.getSeverity()))
        .forEach(message -> findings.merge(message.getId(), 1, Integer::sum));
    return findings;
  }
}

package fi.signspace.plugin.engine.security.command;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

/**
 * Every command of the engine is either checked or listed as harmless, so that a new version of the
 * engine cannot add one unnoticed.
 */
class CommandRulesTest {

  private static final String ENGINE = "org.camunda.bpm.engine.impl";

  private static final Pattern READS =
      Pattern.compile("Get.*|Find.*|.*Query.*|.*Report.*|ExecuteFilter.*|Is[A-Z].*");

  private static final Set<Class<?>> IN_TASK_CHECKS =
      Set.of(ClaimTaskCmd.class, AssignTaskCmd.class);

  @Test
  void every_command_is_checked_or_listed() throws IOException {
    Set<String> known = unchecked();
    CommandRules.table().forEach(rule -> known.add(rule.command().getSimpleName()));
    Stream.of(IN_TASK_CHECKS, NoteChecks.commands())
        .flatMap(Set::stream)
        .map(Class::getSimpleName)
        .filter(name -> !READS.matcher(name).matches())
        .forEach(known::add);

    Set<String> commands =
        commands()
            .filter(name -> !READS.matcher(name).matches())
            .collect(toCollection(TreeSet::new));

    assertThat(commands).hasSizeGreaterThan(150);
    assertThat(commands).isEqualTo(known);
  }

  private static Stream<String> commands() {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AssignableTypeFilter(Command.class));
    return scanner.findCandidateComponents(ENGINE).stream()
        .map(BeanDefinition::getBeanClassName)
        .filter(name -> !name.contains("$") && !name.contains(".impl.test."))
        .map(name -> name.substring(name.lastIndexOf('.') + 1));
  }

  private static Set<String> unchecked() throws IOException {
    try (InputStream list = CommandRulesTest.class.getResourceAsStream("unchecked-commands.txt")) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .collect(toCollection(TreeSet::new));
    }
  }
}

package fi.signspace.plugin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Commands of a page of the documentation, which a test executes. */
public record ShellBlock(String commands) {

  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  /**
   * @param text part of the commands
   */
  public static ShellBlock of(String page, String text) throws IOException {
    List<String> found =
        BLOCK
            .matcher(Files.readString(Path.of(page)))
            .results()
            .map(block -> block.group(1))
            .filter(commands -> commands.contains(text))
            .toList();
    assertThat(found).as("commands of %s with %s", page, text).hasSize(1);
    return new ShellBlock(found.get(0));
  }

  /**
   * Executes the commands; the first that fails is the last.
   *
   * @return what they have printed
   */
  public String run(Map<String, String> variables) throws IOException, InterruptedException {
    ProcessBuilder shell = new ProcessBuilder("sh", "-ec", commands).redirectErrorStream(true);
    shell.environment().putAll(variables);
    Process process = shell.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}

package fi.signspace.plugin.docker;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The content of docker/Dockerfile; its commands are JSON arrays without a shell. */
final class Dockerfile {

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");

  private final List<String> lines =
      Compose.text(Compose.FOLDER.resolve("Dockerfile")).lines().toList();

  /** The command of the last such instruction. */
  List<String> command(String instruction) {
    String line = lines(instruction).reduce((first, second) -> second).orElseThrow();
    return WORD.matcher(line.substring(line.indexOf('[')))
        .results()
        .map(word -> word.group(1))
        .toList();
  }

  /** The command of the RUN instruction that extracts the jar. */
  List<String> extraction() {
    return run("jarmode");
  }

  /** The command of the RUN instruction that creates the class data archive. */
  List<String> classDataSharing() {
    return run("ArchiveClassesAtExit");
  }

  private List<String> run(String word) {
    String line = lines("RUN").filter(run -> run.contains(word)).findFirst().orElseThrow();
    return WORD.matcher(line).results().map(found -> found.group(1)).toList();
  }

  /** The files copied from the project folder. */
  List<String> copiedFiles() {
    return lines("COPY")
        .filter(line -> !line.contains("--from"))
        .map(line -> line.split(" ", -1))
        .map(words -> words[words.length - 2])
        .toList();
  }

  /** The folders of the extracted jar that become layers. */
  List<String> copiedLayers() {
    return lines("COPY")
        .map(Pattern.compile("/build/(layers/[^/]+)/")::matcher)
        .flatMap(matcher -> matcher.results())
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  String exposedPort() {
    return lines("EXPOSE").findFirst().orElseThrow().replace("EXPOSE ", "");
  }

  Stream<String> lines(String instruction) {
    return lines.stream().filter(line -> line.startsWith(instruction + " "));
  }
}

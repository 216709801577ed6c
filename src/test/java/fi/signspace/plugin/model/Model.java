package fi.signspace.plugin.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** A model in processes/: its file and its elements. */
record Model(Path file, BpmnModelInstance elements) {

  static final Path FOLDER = Path.of("processes");
  static final Path EXAMPLES = FOLDER.resolve("examples");

  private static final Pattern OWN =
      Pattern.compile(
          "(?:outputParameter name|camunda:out [^>]*target|errorMessageVariable|cam-variable-name)=\"(\\w+)\"");
  private static final Pattern FORM = Pattern.compile("formKey=\"embedded:deployment:([^\"]+)\"");

  /** Every model in processes/, including future ones. */
  static Stream<Model> all() throws IOException {
    return Stream.concat(product(), examples());
  }

  /** The models of the product, without the examples. */
  static Stream<Model> product() throws IOException {
    return in(FOLDER);
  }

  static Stream<Model> examples() throws IOException {
    return in(EXAMPLES);
  }

  private static Stream<Model> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".bpmn")).sorted().toList().stream()
          .map(Model::of);
    }
  }

  static Model named(String name) {
    return of(FOLDER.resolve(name + ".bpmn"));
  }

  private static Model of(Path file) {
    return new Model(file, Bpmn.readModelFromFile(file.toFile()));
  }

  /** Additional variables set by an example, in mappings and forms. */
  Set<String> ownVariables() {
    return isExample()
        ? OWN.matcher(xml() + String.join("", forms().map(Model::read).toList()))
            .results()
            .map(result -> result.group(1))
            .collect(Collectors.toSet())
        : Set.of();
  }

  boolean isExample() {
    return file.startsWith(EXAMPLES);
  }

  private Stream<Path> forms() {
    return FORM.matcher(xml()).results().map(result -> Path.of(result.group(1)));
  }

  String name() {
    return Objects.toString(file.getFileName()).replace(".bpmn", "");
  }

  Path picture() {
    return file.resolveSibling(name() + ".svg");
  }

  String xml() {
    return read(file);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <T extends ModelElementInstance> Collection<T> all(Class<T> type) {
    return elements.getModelElementsByType(type);
  }

  @Override
  public String toString() {
    return name();
  }
}

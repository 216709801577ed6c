package fi.signspace.plugin.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** A model of processes/, as its file and as its elements. */
record Model(Path file, BpmnModelInstance elements) {

  static final Path FOLDER = Path.of("processes");

  /** Every model that there is: the rules hold for the next one too. */
  static Stream<Model> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
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

  String name() {
    return Objects.toString(file.getFileName()).replace(".bpmn", "");
  }

  Path picture() {
    return FOLDER.resolve(name() + ".svg");
  }

  String xml() {
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

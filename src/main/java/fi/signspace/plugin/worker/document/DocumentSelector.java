package fi.signspace.plugin.worker.document;

import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.DocumentOrder;
import fi.signspace.plugin.worker.task.InputRejectedException;
import fi.signspace.plugin.worker.task.SigningTask;
import fi.signspace.plugin.worker.task.TaskDocument;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Selects the File variables to be signed, in the order that signatories see. They are selected by
 * name, since a mapping would copy their bytes. A name that ends in an asterisk selects all
 * variables with that prefix, in natural order; the default is {@code document*}.
 */
final class DocumentSelector {

  private static final String ALL = "document*";

  /**
   * @throws InputRejectedException if there is no file with a given name
   */
  static List<TaskDocument> of(SigningTask task) {
    Map<String, TaskDocument> files = task.files();
    String names =
        task.ownInput(SigningVariables.DOCUMENTS).filter(text -> !text.isBlank()).orElse(ALL);
    Set<TaskDocument> chosen = new LinkedHashSet<>();
    List<String> missing = new ArrayList<>();
    for (String name : names.strip().split("[\\s,]+", -1)) {
      List<TaskDocument> found = named(name, files);
      chosen.addAll(found);
      if (found.isEmpty() && !name.endsWith("*")) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      throw new InputRejectedException(
          "There is no document in the variable %s.".formatted(String.join(", ", missing)));
    }
    return List.copyOf(chosen);
  }

  private static List<TaskDocument> named(String name, Map<String, TaskDocument> files) {
    if (!name.endsWith("*")) {
      return Stream.ofNullable(files.get(name)).toList();
    }
    String beginning = name.substring(0, name.length() - 1);
    return files.keySet().stream()
        .filter(file -> file.startsWith(beginning))
        .sorted(DocumentOrder.NATURAL)
        .map(files::get)
        .toList();
  }

  private DocumentSelector() {}
}

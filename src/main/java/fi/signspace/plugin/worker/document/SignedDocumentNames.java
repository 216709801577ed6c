package fi.signspace.plugin.worker.document;

import static java.util.Comparator.comparingInt;

import fi.signspace.plugin.process.SigningState.SignedDocument;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.worker.task.SigningTask;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The names of a download's File variables: a common prefix and a number, from 1. */
record SignedDocumentNames(String name, boolean isOfSigningRequest) {

  /** The suffix of the evidence variable. */
  static final String EVIDENCE = "Evidence";

  private static final int MAX_DIGITS = 9;

  static SignedDocumentNames of(SigningTask task) {
    String name =
        task.ownInput(SigningVariables.SIGNED_DOCUMENT_NAME)
            .orElse(SigningVariables.SIGNED_DOCUMENT);
    return new SignedDocumentNames(name, task.isOfSigningRequest());
  }

  String numbered(int number) {
    return name + number;
  }

  boolean isNumbered(String variable) {
    return numberOf(variable) > 0;
  }

  String evidence() {
    return isOfSigningRequest ? SigningVariables.SIGNING_EVIDENCE : name + EVIDENCE;
  }

  /** The first unused number. */
  int firstFree(List<SignedDocument> documents) {
    return IntStream.iterate(1, number -> number + 1)
        .filter(number -> documents.stream().noneMatch(d -> numberOf(d) == number))
        .findFirst()
        .orElseThrow();
  }

  List<SignedDocument> inOrder(List<SignedDocument> documents, SignedDocument another) {
    return Stream.concat(documents.stream(), Stream.of(another))
        .sorted(comparingInt(this::numberOf))
        .toList();
  }

  /** The variables whose number is greater than the last one of this run. */
  List<String> beyond(int last, Collection<String> variables) {
    return variables.stream().filter(variable -> numberOf(variable) > last).toList();
  }

  private int numberOf(SignedDocument document) {
    return numberOf(document.variableName());
  }

  /** 0 if it has none. */
  private int numberOf(String variable) {
    String number = variable.startsWith(name) ? variable.substring(name.length()) : "";
    return number.matches("[1-9]\\d*") && number.length() <= MAX_DIGITS
        ? Integer.parseInt(number)
        : 0;
  }
}

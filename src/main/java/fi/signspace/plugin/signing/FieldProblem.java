package fi.signspace.plugin.signing;

import java.util.List;

public record FieldProblem(String field, String message) {
  public static String describe(List<FieldProblem> p) {
    return String.join("\n", p.stream().map(FieldProblem::message).toList());
  }
}

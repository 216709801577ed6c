package fi.signspace.plugin.signing;

import java.util.Comparator;

public final class DocumentOrder {
  public static final Comparator<String> NATURAL =
      Comparator.<String>comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  public static boolean isDocument(String n) {
    return n.startsWith("document");
  }

  private DocumentOrder() {}
}

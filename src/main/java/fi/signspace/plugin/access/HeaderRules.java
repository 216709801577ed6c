package fi.signspace.plugin.access;

import java.util.function.IntPredicate;

/**
 * Checks headers by the rules of Spring Security's firewall (only assigned characters; no control
 * characters, except tabs in values) without its regular expressions. The firewall checks every
 * header each time one is read, and that takes a measurable part of a short request.
 */
final class HeaderRules {

  private HeaderRules() {}

  static boolean isName(String name) {
    return consistsOf(HeaderRules::isText, name);
  }

  static boolean isValue(String value) {
    return consistsOf(character -> isText(character) || character == '\t', value);
  }

  private static boolean isText(int character) {
    return Character.isDefined(character) && !Character.isISOControl(character);
  }

  private static boolean consistsOf(IntPredicate rule, String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (!rule.test(text.codePointAt(i))) {
        return false;
      }
    }
    return true;
  }
}

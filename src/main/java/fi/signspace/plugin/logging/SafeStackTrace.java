package fi.signspace.plugin.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.regex.Pattern;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;

/** {@code %wEx}: a stack trace; a message of several lines is indented like the rest. */
public final class SafeStackTrace extends ExtendedWhitespaceThrowableProxyConverter {

  /** The prefixes of Logback's lines, except a tab. */
  private static final Pattern CAUSE =
      Pattern.compile("(?m)^  (?=(?:Caused by|Wrapped by|Suppressed): )");

  @Override
  protected String throwableProxyToString(IThrowableProxy throwable) {
    String trace = super.throwableProxyToString(throwable);
    return CAUSE.matcher(LogText.lines(trace)).replaceAll("");
  }
}

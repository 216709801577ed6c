package fi.signspace.plugin.logging;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.stream.Stream;
import org.slf4j.helpers.MessageFormatter;

/** {@code %m}: the message; its arguments stay on the line. */
public final class SafeMessage extends ClassicConverter {

  @Override
  public String convert(ILoggingEvent event) {
    Object[] arguments = event.getArgumentArray();
    String message =
        arguments == null
            ? event.getFormattedMessage()
            : MessageFormatter.basicArrayFormat(
                event.getMessage(), Stream.of(arguments).map(SafeMessage::argument).toArray());
    return message == null ? "" : LogText.lines(message);
  }

  private static Object argument(Object argument) {
    return argument instanceof CharSequence text ? LogText.value(text.toString()) : argument;
  }
}

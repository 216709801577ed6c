package fi.signspace.plugin.logging;

import ch.qos.logback.classic.pattern.MDCConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import fi.signspace.plugin.signing.text.PersonalIdentityCode;

/** {@code %X}: the diagnostic context, e.g. a business key. */
public final class SafeContext extends MDCConverter {

  @Override
  public String convert(ILoggingEvent event) {
    return LogText.value(PersonalIdentityCode.masked(super.convert(event)));
  }
}

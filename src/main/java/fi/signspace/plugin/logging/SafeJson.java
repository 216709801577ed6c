package fi.signspace.plugin.logging;

import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.json.JsonWriter.ValueProcessor;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/** Masks every string of a JSON line; JSON escapes control characters itself. */
public final class SafeJson implements StructuredLoggingJsonMembersCustomizer<Object> {

  @Override
  public void customize(Members<Object> members) {
    members.applyingValueProcessor(ValueProcessor.of(String.class, PersonalIdentityCode::masked));
  }
}

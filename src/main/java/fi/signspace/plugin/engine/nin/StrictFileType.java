package fi.signspace.plugin.engine.nin;

import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import jakarta.ws.rs.core.Response.Status;
import java.util.Base64;
import java.util.Map;
import org.camunda.bpm.engine.rest.exception.InvalidRequestException;
import org.camunda.bpm.engine.variable.type.FileValueType;
import org.camunda.bpm.engine.variable.type.ValueType;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the type File for the engine's REST API. For the engine's own type, that API decodes
 * Base64 leniently and skips unknown characters, so that a data URL would become a corrupt
 * document. For any other type it passes the text through, and this type decodes it strictly.
 */
final class StrictFileType implements ValueType {

  private static final long serialVersionUID = 1L;

  @Override
  public TypedValue createValue(@Nullable Object value, @Nullable Map<String, Object> valueInfo) {
    Object content = value instanceof String text ? decoded(text, valueInfo) : value;
    try {
      return ValueType.FILE.createValue(content, valueInfo);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(
          Status.BAD_REQUEST,
          e,
          "A variable of type File needs its content, encoded as Base64, as value, and the name of"
              + " the file as valueInfo.filename; valueInfo.mimeType and valueInfo.encoding are"
              + " optional text.");
    }
  }

  private static byte[] decoded(String text, @Nullable Map<String, Object> valueInfo) {
    String line = text.indexOf('\n') < 0 ? text : text.replaceAll("[\r\n]", "");
    try {
      if (line.length() % 4 != 0) {
        throw new IllegalArgumentException("It is not padded");
      }
      return Base64.getDecoder().decode(line);
    } catch (IllegalArgumentException e) {
      Object name = valueInfo == null ? null : valueInfo.get(FileValueType.VALUE_INFO_FILE_NAME);
      throw new InvalidRequestException(
          Status.BAD_REQUEST,
          "The content of the file %s is not Base64; encode it as RFC 4648 says, with padding."
              .formatted(PersonalIdentityCode.masked(String.valueOf(name))));
    }
  }

  @Override
  public String getName() {
    return ValueType.FILE.getName();
  }

  @Override
  public boolean isPrimitiveValueType() {
    return ValueType.FILE.isPrimitiveValueType();
  }

  @Override
  public Map<String, Object> getValueInfo(TypedValue value) {
    return ValueType.FILE.getValueInfo(value);
  }

  @Override
  public @Nullable ValueType getParent() {
    return ValueType.FILE.getParent();
  }

  @Override
  public boolean canConvertFromTypedValue(@Nullable TypedValue value) {
    return ValueType.FILE.canConvertFromTypedValue(value);
  }

  @Override
  public TypedValue convertFromTypedValue(TypedValue value) {
    return ValueType.FILE.convertFromTypedValue(value);
  }

  @Override
  public boolean isAbstract() {
    return ValueType.FILE.isAbstract();
  }
}

package fi.signspace.plugin.engine.rest;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.variable.serializer.FileValueSerializer;
import org.camunda.bpm.engine.impl.variable.serializer.ValueFields;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.camunda.bpm.engine.variable.value.builder.FileValueBuilder;

/**
 * Reads a file without its content while the current thread needs only its name and type. It
 * replaces the engine's serializer of the same name; the format in the database is the same.
 */
final class LightFileSerializer extends FileValueSerializer {

  private static final ThreadLocal<Boolean> LEAVES_OUT = ThreadLocal.withInitial(() -> false);
  private static final Pattern SEPARATOR = Pattern.compile("#");

  static void leaveContentsOut(boolean wanted) {
    if (wanted) {
      LEAVES_OUT.set(true);
    } else {
      LEAVES_OUT.remove();
    }
  }

  @Override
  public FileValue readValue(
      ValueFields stored, boolean deserializeValue, boolean asTransientValue) {
    return LEAVES_OUT.get()
        ? withoutContent(stored, asTransientValue)
        : super.readValue(stored, deserializeValue, asTransientValue);
  }

  private static FileValue withoutContent(ValueFields stored, boolean isTransient) {
    String name = stored.getTextValue();
    FileValueBuilder file = Variables.fileValue(name == null ? "" : name);
    String[] typeAndEncoding =
        stored.getTextValue2() == null ? new String[0] : SEPARATOR.split(stored.getTextValue2(), 2);
    first(typeAndEncoding, 0).forEach(file::mimeType);
    first(typeAndEncoding, 1).forEach(file::encoding);
    return file.setTransient(isTransient).create();
  }

  private static Stream<String> first(String[] parts, int index) {
    return Stream.of(parts).skip(index).limit(1).filter(part -> !part.isEmpty());
  }
}

package fi.signspace.plugin.engine.nin;

import fi.signspace.plugin.encryption.ParticipantNins;
import java.util.List;
import org.camunda.bpm.engine.impl.variable.serializer.TypedValueSerializer;
import org.camunda.bpm.engine.impl.variable.serializer.ValueFields;
import org.camunda.bpm.engine.variable.impl.value.UntypedValueImpl;
import org.camunda.bpm.engine.variable.type.ValueType;
import org.camunda.bpm.engine.variable.value.BytesValue;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * One of the engine's serializers, behind a guard: whoever writes a variable with an identity code
 * in clear gets an exception, and the transaction comes to nothing.
 */
final class GuardedSerializer<T extends TypedValue> implements TypedValueSerializer<T> {

  private final TypedValueSerializer<T> serializer;

  GuardedSerializer(TypedValueSerializer<T> serializer) {
    this.serializer = serializer;
  }

  @Override
  public void writeValue(T value, ValueFields fields) {
    serializer.writeValue(value, fields);
    boolean isDocument = value instanceof FileValue || value instanceof BytesValue;
    boolean isParticipants = ParticipantNins.PARTICIPANTS.equals(fields.getName());
    if (isParticipants || !isDocument) {
      List<String> places = StoredValue.of(fields).ninsInClear(fields.getName());
      if (!places.isEmpty()) {
        throw new NinInClearException(places);
      }
    }
  }

  @Override
  public String getName() {
    return serializer.getName();
  }

  @Override
  public ValueType getType() {
    return serializer.getType();
  }

  @Override
  public T readValue(ValueFields fields, boolean deserialize, boolean isTransient) {
    return serializer.readValue(fields, deserialize, isTransient);
  }

  @Override
  public boolean canHandle(TypedValue value) {
    return serializer.canHandle(value);
  }

  @Override
  public T convertToTypedValue(UntypedValueImpl value) {
    return serializer.convertToTypedValue(value);
  }

  @Override
  public @Nullable String getSerializationDataformat() {
    return serializer.getSerializationDataformat();
  }

  @Override
  public boolean isMutableValue(T value) {
    return serializer.isMutableValue(value);
  }
}

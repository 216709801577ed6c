package fi.signspace.plugin.engine.nin;

import fi.signspace.plugin.encryption.ParticipantNins;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.variable.serializer.TypedValueSerializer;
import org.camunda.bpm.engine.impl.variable.serializer.ValueFields;
import org.camunda.bpm.engine.variable.impl.value.UntypedValueImpl;
import org.camunda.bpm.engine.variable.type.ValueType;
import org.camunda.bpm.engine.variable.value.BytesValue;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.SpinRuntimeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps one of the engine's serializers. Writing a variable that contains a plaintext identity
 * code, or text that the database would reject, throws an exception and rolls the transaction back.
 * A stored value that cannot be read as its type is returned in serialized form, so that a task
 * with broken JSON can still be opened and corrected; only an expression that uses the value fails.
 */
final class GuardedSerializer<T extends TypedValue> implements TypedValueSerializer<T> {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedSerializer.class);

  private final TypedValueSerializer<T> serializer;

  GuardedSerializer(TypedValueSerializer<T> serializer) {
    this.serializer = serializer;
  }

  @Override
  public void writeValue(T value, ValueFields fields) {
    TextGuard.check(fields.getName(), value);
    serializer.writeValue(value, fields);
    boolean isContent = value instanceof FileValue || value instanceof BytesValue;
    boolean isParticipants = ParticipantNins.PARTICIPANTS.equals(fields.getName());
    if (isParticipants || !isContent) {
      List<String> places = StoredValue.of(fields).plaintextNins(fields.getName());
      if (!places.isEmpty()) {
        throw RefusedValueException.plaintextNins(places);
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
    if (!deserialize) {
      return serializer.readValue(fields, false, isTransient);
    }
    try {
      return serializer.readValue(fields, true, isTransient);
    } catch (SpinRuntimeException | ProcessEngineException e) {
      LOG.debug("The variable {} cannot be read as its type", fields.getName());
      return serializer.readValue(fields, false, isTransient);
    }
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

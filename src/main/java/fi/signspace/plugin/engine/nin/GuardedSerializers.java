package fi.signspace.plugin.engine.nin;

import java.util.List;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.variable.serializer.TypedValueSerializer;
import org.camunda.bpm.engine.impl.variable.serializer.VariableSerializerFactory;
import org.camunda.bpm.engine.impl.variable.serializer.VariableSerializers;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the engine's serializers, which every value passes on its way to the database, in {@link
 * GuardedSerializer}s.
 */
@SuppressWarnings("rawtypes") // as the engine has it
final class GuardedSerializers implements VariableSerializers {

  private final VariableSerializers serializers;

  GuardedSerializers(VariableSerializers serializers) {
    this.serializers = serializers;
  }

  @Override
  @SuppressWarnings("unchecked")
  public TypedValueSerializer findSerializerForValue(
      TypedValue value, @Nullable VariableSerializerFactory fallback) {
    try {
      return new GuardedSerializer(serializers.findSerializerForValue(value, fallback));
    } catch (ProcessEngineException e) {
      throw new RefusedValueException(
          "A variable has a type or a format that cannot be stored here; use String, Json or File.");
    }
  }

  @Override
  public TypedValueSerializer findSerializerForValue(TypedValue value) {
    return findSerializerForValue(value, null);
  }

  @Override
  @SuppressWarnings("unchecked")
  public @Nullable TypedValueSerializer<?> getSerializerByName(String name) {
    TypedValueSerializer serializer = serializers.getSerializerByName(name);
    return serializer == null ? null : new GuardedSerializer(serializer);
  }

  @Override
  public VariableSerializers addSerializer(TypedValueSerializer<?> serializer) {
    serializers.addSerializer(serializer);
    return this;
  }

  @Override
  public VariableSerializers addSerializer(TypedValueSerializer<?> serializer, int index) {
    serializers.addSerializer(serializer, index);
    return this;
  }

  @Override
  public VariableSerializers removeSerializer(TypedValueSerializer<?> serializer) {
    serializers.removeSerializer(serializer);
    return this;
  }

  @Override
  public int getSerializerIndex(TypedValueSerializer<?> serializer) {
    return serializers.getSerializerIndex(serializer);
  }

  @Override
  public int getSerializerIndexByName(String name) {
    return serializers.getSerializerIndexByName(name);
  }

  @Override
  public VariableSerializers join(VariableSerializers other) {
    return new GuardedSerializers(serializers.join(other));
  }

  @Override
  public List<TypedValueSerializer<?>> getSerializers() {
    return serializers.getSerializers();
  }
}

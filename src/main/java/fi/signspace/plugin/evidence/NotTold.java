package fi.signspace.plugin.evidence;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/**
 * Marks a value that SignSpace or the engine may not have reported: null in Java, and the text
 * {@code "not told"} in the evidence, so that readers can tell it from a value that was left out by
 * mistake.
 */
@JacksonAnnotationsInside
@JsonSerialize(nullsUsing = NotTold.Writer.class)
@JsonDeserialize(using = NotTold.Reader.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.RECORD_COMPONENT,
  ElementType.FIELD,
  ElementType.METHOD,
  ElementType.PARAMETER
})
@interface NotTold {

  String TEXT = "not told";

  /** Writes a null as the text. */
  final class Writer extends JsonSerializer<Object> {

    @Override
    public void serialize(
        @Nullable Object value, JsonGenerator json, SerializerProvider serializers)
        throws IOException {
      json.writeString(TEXT);
    }
  }

  /** Reads other values with the property's own type. */
  final class Reader extends JsonDeserializer<Object> implements ContextualDeserializer {

    private final @Nullable JsonDeserializer<?> delegate;

    Reader() {
      this(null);
    }

    private Reader(@Nullable JsonDeserializer<?> delegate) {
      this.delegate = delegate;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, BeanProperty property) throws JsonMappingException {
      return new Reader(context.findContextualValueDeserializer(property.getType(), property));
    }

    @Override
    public @Nullable Object deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      if (delegate == null
          || (json.hasToken(JsonToken.VALUE_STRING) && TEXT.equals(json.getText()))) {
        return null;
      }
      return delegate.deserialize(json, context);
    }
  }
}

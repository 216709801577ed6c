package fi.signspace.plugin.engine.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import fi.signspace.plugin.http.JsonLimitException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.ContextResolver;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.rest.dto.VariableValueDto;
import org.camunda.bpm.engine.rest.mapper.JacksonConfigurator;
import org.jspecify.annotations.Nullable;

/**
 * The engine's JSON, in which only the value of a variable may be long. The engine repeats any
 * other text, and a value that is not of its type, several times in its errors. The number of
 * variables is limited, too: each takes hundreds of times its length.
 */
@Priority(1)
@Produces(MediaType.APPLICATION_JSON)
final class BoundedJson implements ContextResolver<ObjectMapper> {

  private static final String VALUE = "value";
  private static final int MAX_TEXT = 100_000;
  private static final int MAX_SHORT_VALUE = 255;
  private static final int MAX_VARIABLES = 10_000;

  /** Types whose values are short, in lower case. */
  private static final Set<String> SHORT =
      Set.of("boolean", "date", "double", "integer", "long", "number", "short", "null");

  private final ObjectMapper json =
      JacksonConfigurator.configureObjectMapper(new ObjectMapper())
          .registerModule(
              new SimpleModule()
                  .addDeserializer(String.class, new BoundedText())
                  .setDeserializerModifier(new BoundedVariables()));

  @Override
  public ObjectMapper getContext(Class<?> type) {
    return json;
  }

  /** Also used for values of any type, as that of a variable is. */
  private static final class BoundedText extends StringDeserializer {

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = super.deserialize(parser, context);
      if (text != null && text.length() > MAX_TEXT && !VALUE.equals(parser.currentName())) {
        throw tooLong(parser, text, MAX_TEXT);
      }
      return text;
    }
  }

  private static final class BoundedVariables extends BeanDeserializerModifier {

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> deserializer) {
      return VariableValueDto.class.isAssignableFrom(bean.getBeanClass())
          ? new BoundedVariable(deserializer)
          : deserializer;
    }
  }

  private static final class BoundedVariable extends DelegatingDeserializer {

    BoundedVariable(JsonDeserializer<?> variable) {
      super(variable);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> variable) {
      return new BoundedVariable(variable);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      int number = 1 + (int) Objects.requireNonNullElse(context.getAttribute(this), 0);
      context.setAttribute(this, number);
      if (number > MAX_VARIABLES) {
        throw new JsonLimitException(
            parser, "is one variable too many; send %s at most".formatted(MAX_VARIABLES));
      }
      VariableValueDto variable = (VariableValueDto) super.deserialize(parser, context);
      String type = variable.getType();
      if (type != null
          && SHORT.contains(type.toLowerCase(Locale.ROOT))
          && variable.getValue() instanceof String text
          && text.length() > MAX_SHORT_VALUE) {
        throw tooLong(parser, text, MAX_SHORT_VALUE);
      }
      return variable;
    }
  }

  private static JsonLimitException tooLong(JsonParser parser, String text, int limit) {
    return new JsonLimitException(
        parser, "has %s characters; shorten it to %s at most".formatted(text.length(), limit));
  }
}

package fi.signspace.plugin.environment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Reads passwords, secrets and user names in YAML literally: {@code password: 0123456} would be the
 * octal number 42798 otherwise, and {@code yes} the word true.
 */
class SecretsAsWritten implements EnvironmentPostProcessor {

  private static final Pattern SECRET =
      Pattern.compile(".*(password|secret|secrets\\[\\d+]|username|client-?id)");

  /** A number or a boolean in YAML. */
  private static final Pattern SCALAR = Pattern.compile("[^\\s,}\\]#]+");

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    MutablePropertySources sources = environment.getPropertySources();
    for (PropertySource<?> source : sources.stream().toList()) {
      if (source instanceof EnumerablePropertySource<?> listed) {
        Map<String, Object> written = asWritten(listed);
        if (!written.isEmpty()) {
          sources.addBefore(
              source.getName(), new MapPropertySource("as written, " + source.getName(), written));
        }
      }
    }
  }

  private static Map<String, Object> asWritten(EnumerablePropertySource<?> source) {
    Map<String, Object> written = new LinkedHashMap<>();
    for (String name : source.getPropertyNames()) {
      Object value = source.getProperty(name);
      if (SECRET.matcher(name.toLowerCase(Locale.ROOT)).matches()
          && (value instanceof Number || value instanceof Boolean)
          && OriginLookup.getOrigin(source, name) instanceof TextResourceOrigin origin) {
        String text = textAt(origin);
        if (text != null) {
          written.put(name, text);
        }
      }
    }
    return written;
  }

  private static @Nullable String textAt(TextResourceOrigin origin) {
    if (origin.getResource() == null || origin.getLocation() == null) {
      return null;
    }
    try (InputStream content = origin.getResource().getInputStream()) {
      String line =
          new String(content.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .skip(origin.getLocation().getLine())
              .findFirst()
              .orElse("");
      Matcher scalar = SCALAR.matcher(line);
      return scalar.find(Math.min(origin.getLocation().getColumn(), line.length()))
          ? scalar.group()
          : null;
    } catch (IOException e) {
      throw new UnsupportedSettingException(
          "%s cannot be read again: %s".formatted(origin, e.getMessage()),
          "Put passwords that are numbers between quotes.");
    }
  }
}

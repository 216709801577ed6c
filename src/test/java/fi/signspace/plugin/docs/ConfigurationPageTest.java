package fi.signspace.plugin.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.identity.impl.ldap.plugin.LdapIdentityProviderPlugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/** docs/configuration.md has every setting of the product, with its default, and no other. */
class ConfigurationPageTest {

  private static final String METADATA = "META-INF/spring-configuration-metadata.json";
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\|$");
  private static final Pattern EXACT = Pattern.compile("`([^`]+)`.*");
  private static final Pattern VALUE_OF_MAP = Pattern.compile("java\\.util\\.Map<.+,(.+)>");
  private static final String LDAP = "signspace.ldap.";

  /** A line of a table of settings. */
  record Row(String name, String standard) {

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Row> rows() throws IOException {
    Matcher rows = ROW.matcher(Files.readString(Path.of("docs", "configuration.md"), UTF_8));
    return rows.results().map(row -> new Row(row.group(1), row.group(2))).toList();
  }

  /** The metadata of Spring's and Camunda's settings does not have every default. */
  static List<Row> rowsWithAKnownDefault() throws Exception {
    List<Row> known = new ArrayList<>();
    for (Row row : rows()) {
      if (isOurs(row.name()) || !standard(row.name()).isEmpty()) {
        known.add(row);
      }
    }
    return known;
  }

  @Test
  void every_setting_of_the_product_is_on_the_page_and_no_other() throws Exception {
    List<String> settings =
        metadata().keySet().stream().filter(ConfigurationPageTest::isOurs).toList();

    assertThat(rows())
        .extracting(Row::name)
        .filteredOn(ConfigurationPageTest::isOurs)
        .containsExactlyInAnyOrderElementsOf(settings);
  }

  @Test
  void every_other_setting_on_the_page_exists() throws Exception {
    Map<String, JsonNode> known = metadata();

    assertThat(rows())
        .extracting(Row::name)
        .filteredOn(name -> !isOurs(name))
        .isNotEmpty()
        .allMatch(
            name -> known.containsKey(name) || known.keySet().stream().anyMatch(isMapOf(name)));
  }

  @ParameterizedTest
  @MethodSource("rowsWithAKnownDefault")
  void the_default_on_the_page_is_that_of_the_code(Row row) throws Exception {
    String standard = standard(row.name());

    if (standard.isEmpty()) {
      assertThat(row.standard()).as("words, since there is no default").doesNotStartWith("`");
    } else {
      assertThat(row.standard()).matches(EXACT);
      assertThat(EXACT.matcher(row.standard()).replaceFirst("$1")).isEqualTo(standard);
    }
  }

  private static boolean isOurs(String name) {
    return name.startsWith("signspace.") || name.startsWith("camunda.bpm.client.");
  }

  private static Predicate<String> isMapOf(String name) {
    return property -> name.startsWith(property + ".");
  }

  /** What application.yaml sets, else the default of the code; empty if there is none. */
  private static String standard(String name) throws Exception {
    Object value = null;
    for (PropertySource<?> source :
        new YamlPropertySourceLoader().load("yaml", new ClassPathResource("application.yaml"))) {
      value = source.getProperty(name);
    }
    if (value == null && name.startsWith(LDAP)) {
      Matcher words = Pattern.compile("-(.)").matcher(name.substring(LDAP.length()));
      String property =
          words.replaceAll((MatchResult word) -> word.group(1).toUpperCase(Locale.ROOT));
      value = new BeanWrapperImpl(new LdapIdentityProviderPlugin()).getPropertyValue(property);
    } else if (value == null && metadata().containsKey(name)) {
      value = metadata().get(name).path("defaultValue").asText();
    }
    return value == null || value.equals(Map.of()) ? "" : value.toString();
  }

  /** By name; a map of records is told by the fields of its records. */
  private static Map<String, JsonNode> metadata() throws Exception {
    Map<String, JsonNode> properties = new TreeMap<>();
    for (URL url :
        Collections.list(ConfigurationPageTest.class.getClassLoader().getResources(METADATA))) {
      try (InputStream metadata = url.openStream()) {
        for (JsonNode property : new ObjectMapper().readTree(metadata).get("properties")) {
          names(property).forEach(name -> properties.put(name, property));
        }
      }
    }
    return properties;
  }

  private static Stream<String> names(JsonNode property) {
    String name = property.get("name").asText();
    Matcher map = VALUE_OF_MAP.matcher(property.path("type").asText());
    if (!name.startsWith("signspace.") || !map.matches() || !map.group(1).contains("$")) {
      return Stream.of(name);
    }
    try {
      return Arrays.stream(Class.forName(map.group(1)).getRecordComponents())
          .map(field -> name + ".<id>." + DataObjectPropertyName.toDashedForm(field.getName()));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}

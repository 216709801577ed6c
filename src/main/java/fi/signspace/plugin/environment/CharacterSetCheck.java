package fi.signspace.plugin.environment;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Rejects a default charset other than UTF-8 at the start: the engine decodes names of uploaded
 * files with it. Java 17 derives it from {@code LANG} when the JVM starts; later versions always
 * use UTF-8.
 */
class CharacterSetCheck implements EnvironmentPostProcessor {

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    require(Charset.defaultCharset());
  }

  static void require(Charset charset) {
    if (!charset.equals(StandardCharsets.UTF_8)) {
      throw new UnsupportedSettingException(
          "Java's character set file.encoding is %s (from LANG or LC_ALL), with which names of files and people lose their letters"
              .formatted(charset.name()),
          "Set JDK_JAVA_OPTIONS=-Dfile.encoding=UTF-8, start with java -Dfile.encoding=UTF-8 -jar signspace-process.jar, or use Java 18 or newer.");
    }
  }
}

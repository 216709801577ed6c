package fi.signspace.plugin.sandbox;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if {@code signspace.api-url} is absent or empty. */
final class MissingConfigurationSignSpace implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return Binder.get(context.getEnvironment())
        .bind("signspace.api-url", String.class)
        .map(String::isBlank)
        .orElse(true);
  }
}

package fi.signspace.plugin.engine.rest;

import fi.signspace.plugin.RequestProperties;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.environment.DocumentReads;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.variable.serializer.TypedValueSerializer;
import org.springframework.boot.autoconfigure.web.servlet.JerseyApplicationPath;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Bounds what reading documents costs, through any API. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
class DocumentReadConfiguration {

  @Bean
  DocumentReads documentReads(RequestProperties properties) {
    return new DocumentReads(properties.longestDocument());
  }

  @Bean
  FilterRegistrationBean<DocumentReadFilter> documentReadFilter(
      DocumentReads reads, JerseyApplicationPath restApi) {
    var registration = new FilterRegistrationBean<>(new DocumentReadFilter(reads));
    registration.addUrlPatterns(
        restApi.getUrlMapping(), "/camunda/api/engine/*", "/api/signing-requests/*");
    // after the login and before Camunda's filters
    registration.setOrder(-1);
    return registration;
  }

  @Bean
  LightFiles lightFiles() {
    return new LightFiles();
  }

  static final class LightFiles extends AbstractProcessEnginePlugin {

    @Override
    @SuppressWarnings("rawtypes") // as the engine has it
    public void preInit(ProcessEngineConfigurationImpl configuration) {
      List<TypedValueSerializer> serializers =
          new ArrayList<>(
              Objects.requireNonNullElse(
                  configuration.getCustomPostVariableSerializers(), List.of()));
      serializers.add(new LightFileSerializer());
      configuration.setCustomPostVariableSerializers(serializers);
    }
  }
}

package fi.signspace.plugin.api;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Describes what applies to every path; springdoc derives the rest from the controller. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
class ApiDescription {

  private static final String LOGIN = "login";

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("SignSpace process plugin")
                .version("1")
                .description(
                    "Has documents signed by a process. Errors are returned as problem details"
                        + " (RFC 9457)."))
        .components(
            new Components()
                .addSecuritySchemes(
                    LOGIN, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic")))
        .addSecurityItem(new SecurityRequirement().addList(LOGIN));
  }

  @Bean
  OpenApiCustomizer startOptions() {
    return ApiSchemas::addOptions;
  }
}

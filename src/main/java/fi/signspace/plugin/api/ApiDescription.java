package fi.signspace.plugin.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What holds for every path; springdoc collects the rest from the controller. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "camunda.bpm.enabled", matchIfMissing = true)
class ApiDescription {

  private static final String LOGIN = "login";

  private static final String PAGE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " connect-src 'self'; frame-ancestors 'none'";

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("SignSpace process plugin")
                .version("1")
                .description(
                    "Has documents signed by a process. Failures are answered with problem details"
                        + " (RFC 9457)."))
        .components(
            new Components()
                .addSecuritySchemes(
                    LOGIN, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic")))
        .addSecurityItem(new SecurityRequirement().addList(LOGIN));
  }

  /** The page of the description brings its own scripts and styles, and needs nothing else. */
  @Bean
  FilterRegistrationBean<Filter> descriptionPagePolicy() {
    Filter policy =
        (request, response, chain) -> {
          ((HttpServletResponse) response).setHeader("Content-Security-Policy", PAGE_POLICY);
          chain.doFilter(request, response);
        };
    FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(policy);
    registration.addUrlPatterns("/api/swagger-ui/*");
    return registration;
  }
}

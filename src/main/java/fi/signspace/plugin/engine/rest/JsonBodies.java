package fi.signspace.plugin.engine.rest;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import org.springframework.boot.autoconfigure.web.servlet.JerseyApplicationPath;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.stereotype.Component;

/**
 * Registers {@link JsonBodyFilter} under the name of Camunda's filter, which is then not
 * registered.
 */
@Component
@ConditionalOnEngine
class JsonBodies extends FilterRegistrationBean<JsonBodyFilter> {

  JsonBodies(JerseyApplicationPath restApi) {
    super(new JsonBodyFilter());
    setName("EmptyBodyFilter");
    addUrlPatterns(restApi.getUrlMapping());
    // after the login and before Camunda registers its own filters
    setOrder(0);
  }
}

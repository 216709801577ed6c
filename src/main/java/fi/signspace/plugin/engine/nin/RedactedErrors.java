package fi.signspace.plugin.engine.nin;

import fi.signspace.plugin.signing.PersonalIdentityCode;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import org.camunda.bpm.engine.rest.dto.ExceptionDto;
import org.glassfish.jersey.server.ResourceConfig;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.jersey.ResourceConfigCustomizer;
import org.springframework.stereotype.Component;

/**
 * Masks identity codes in the errors of the engine's REST API, which quotes a value that it cannot
 * convert.
 */
@Component
@ConditionalOnProperty(name = "camunda.bpm.enabled", matchIfMissing = true)
class RedactedErrors implements ResourceConfigCustomizer {

  @Override
  public void customize(ResourceConfig restApi) {
    restApi.register(new Filter());
  }

  /** Sees each response before it is written. */
  static final class Filter implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
      if (response.getEntity() instanceof ExceptionDto error && error.getMessage() != null) {
        error.setMessage(PersonalIdentityCode.masked(error.getMessage()));
      }
    }
  }
}

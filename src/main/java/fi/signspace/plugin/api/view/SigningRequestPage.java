package fi.signspace.plugin.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of signing requests.
 *
 * @param page the page number, from 0
 * @param total the number of requests on all pages
 */
@Schema(name = "SigningRequestPage")
public record SigningRequestPage(
    List<SigningRequestView> signingRequests, int page, int size, long total, Links links) {

  /** Paths of this page and its neighbors. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "PageLinks")
  record Links(
      String self, String first, @Nullable String prev, @Nullable String next, String last) {}
}

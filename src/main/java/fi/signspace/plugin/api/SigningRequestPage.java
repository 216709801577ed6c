package fi.signspace.plugin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of many signing requests.
 *
 * @param page from 0
 * @param total how many there are on all pages
 */
@Schema(name = "SigningRequestPage")
record SigningRequestPage(
    List<SigningRequestView> signingRequests, int page, int size, long total, Links links) {

  /** Paths of this page and of its neighbours. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "PageLinks")
  record Links(
      String self, String first, @Nullable String prev, @Nullable String next, String last) {}
}

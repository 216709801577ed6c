package fi.signspace.plugin.signspace;

import com.fasterxml.jackson.databind.JsonNode;
import feign.Headers;
import feign.RequestLine;

/** The identity provider (guide, "Authentication"). */
interface TokenApi {

  /**
   * @param form {@code grant_type=client_credentials}, and scopes if configured
   */
  @RequestLine("POST")
  @Headers({
    "Content-Type: application/x-www-form-urlencoded",
    "Accept: application/json",
    "Accept-Encoding: identity"
  })
  JsonNode token(String form);
}

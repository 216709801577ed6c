package fi.signspace.plugin.signspace;

import com.fasterxml.jackson.databind.JsonNode;
import feign.Body;
import feign.Headers;
import feign.Param;
import feign.RequestLine;

/** Guide, "Authentication": the client credentials bring an access token. */
interface TokenApi {

  /**
   * @param credentials Base64 of {@code <client_id>:<client_secret>}
   * @param form the form's fields, encoded
   */
  @RequestLine("POST ")
  @Headers({
    "Authorization: Basic {credentials}",
    "Content-Type: application/x-www-form-urlencoded"
  })
  @Body("{form}")
  JsonNode token(@Param("credentials") String credentials, @Param("form") String form);
}

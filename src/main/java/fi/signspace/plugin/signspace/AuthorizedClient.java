package fi.signspace.plugin.signspace;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends the access token with every request (guide, "Authentication"). A request that SignSpace
 * answers with 401 was surely not carried out: it is sent once more with another token, as a token
 * may be revoked before its time. Nothing else is ever sent twice.
 */
final class AuthorizedClient implements Client {

  private static final int UNAUTHORIZED = 401;

  private final Client transport;
  private final Tokens tokens;

  AuthorizedClient(Client transport, Tokens tokens) {
    this.transport = transport;
    this.tokens = tokens;
  }

  @Override
  public Response execute(Request request, Request.Options options) throws IOException {
    Token token = tokens.fresh();
    Response answer = transport.execute(authorized(request, token), options);
    if (answer.status() != UNAUTHORIZED) {
      return answer;
    }
    answer.close();
    return transport.execute(authorized(request, tokens.insteadOf(token)), options);
  }

  private static Request authorized(Request request, Token token) {
    BoundedCalls.current().madeWith(token);
    Map<String, Collection<String>> headers = new LinkedHashMap<>(request.headers());
    headers.put("Authorization", List.of("Bearer " + token.value()));
    return Request.create(
        request.httpMethod(),
        request.url(),
        headers,
        request.body(),
        request.charset(),
        request.requestTemplate());
  }
}

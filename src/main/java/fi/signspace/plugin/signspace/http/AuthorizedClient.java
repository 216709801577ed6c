package fi.signspace.plugin.signspace.http;

import feign.Client;
import feign.Request;
import feign.Response;
import fi.signspace.plugin.signspace.token.Token;
import fi.signspace.plugin.signspace.token.TokenCache;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds the access token to every request (guide, "Authentication"). A request with a 401 response
 * was not carried out and is repeated once with a new token, because tokens can be revoked early.
 * No other request is repeated.
 */
public final class AuthorizedClient implements Client {

  private static final int UNAUTHORIZED = 401;

  private final Client transport;
  private final TokenCache tokenCache;

  public AuthorizedClient(Client transport, TokenCache tokenCache) {
    this.transport = transport;
    this.tokenCache = tokenCache;
  }

  @Override
  public Response execute(Request request, Request.Options options) throws IOException {
    Token token = tokenCache.fresh();
    Response response = transport.execute(authorized(request, token), options);
    if (response.status() != UNAUTHORIZED) {
      return response;
    }
    response.close();
    return transport.execute(authorized(request, tokenCache.replacing(token)), options);
  }

  private static Request authorized(Request request, Token token) {
    CallDeadlines.current().addToken(token);
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

package fi.signspace.plugin.api;

import fi.signspace.plugin.api.call.InvalidInputException;
import fi.signspace.plugin.api.start.RequestFieldNames;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Rejects a query parameter that the called method does not have: ignored, a misspelled filter
 * would find too much, and a {@code dryRun} in the wrong place would do what it was to show.
 */
final class QueryParameterCheck implements HandlerInterceptor {

  /**
   * @throws InvalidInputException if there is such a parameter; lists all
   */
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    boolean isCall = !HttpMethod.OPTIONS.matches(request.getMethod());
    if (isCall && handler instanceof HandlerMethod method && request.getQueryString() != null) {
      List<String> known = names(method);
      InvalidInputException.throwIfAny(
          given(request.getQueryString()).stream()
              .filter(name -> !known.contains(name))
              .map(name -> RequestFieldNames.unknown(name, known))
              .toList());
    }
    return true;
  }

  private static Set<String> given(String query) {
    return UriComponentsBuilder.newInstance().query(query).build().getQueryParams().keySet();
  }

  private static List<String> names(HandlerMethod method) {
    return Stream.of(method.getMethodParameters())
        .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
        .map(QueryParameterCheck::name)
        .toList();
  }

  private static String name(MethodParameter parameter) {
    String given =
        Objects.requireNonNull(parameter.getParameterAnnotation(RequestParam.class)).name();
    return given.isEmpty() ? parameter.getParameter().getName() : given;
  }
}

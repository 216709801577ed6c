package fi.signspace.plugin.api;

import fi.signspace.plugin.bulk.ListError;
import fi.signspace.plugin.environment.ProblemTexts;
import fi.signspace.plugin.environment.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Says what is wrong in the language of {@code Accept-Language}, as far as the forms can. */
@RestControllerAdvice(basePackageClasses = ApiProblems.class)
class ProblemTranslation implements ResponseBodyAdvice<Object> {

  private static final String ERRORS = "errors";
  private static final String DETAIL = "detail";

  private final ProblemTexts texts = new ProblemTexts();

  @Override
  public boolean supports(
      MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converterType) {
    return true;
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter returnType,
      MediaType contentType,
      Class<? extends HttpMessageConverter<?>> converterType,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    Locale language = Texts.preferred(request.getHeaders().getFirst(HttpHeaders.ACCEPT_LANGUAGE));
    if (body instanceof ProblemDetail problem && !language.equals(Locale.ENGLISH)) {
      translate(problem, language);
    }
    return body;
  }

  private void translate(ProblemDetail problem, Locale language) {
    if (problem.getDetail() != null) {
      problem.setDetail(texts.in(language, problem.getDetail()));
    }
    if (problem.getProperties() != null
        && problem.getProperties().get(ERRORS) instanceof List<?> errors) {
      problem.setProperty(
          ERRORS, errors.stream().map(error -> translated(error, language)).toList());
    }
  }

  private Object translated(Object error, Locale language) {
    if (error instanceof ListError cell) {
      return new ListError(
          cell.row(), cell.column(), cell.value(), texts.in(language, cell.detail()));
    }
    return error instanceof Map<?, ?> field && field.get(DETAIL) instanceof String detail
        ? Map.of("field", field.get("field"), DETAIL, texts.in(language, detail))
        : error;
  }
}

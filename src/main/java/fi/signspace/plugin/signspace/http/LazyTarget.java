package fi.signspace.plugin.signspace.http;

import feign.Request;
import feign.RequestTemplate;
import feign.Target;
import fi.signspace.plugin.signspace.Endpoints;
import java.util.function.Supplier;

/** A Feign target whose URL is resolved for every request, see {@link Endpoints}. */
public record LazyTarget<T>(Class<T> type, String name, Supplier<String> address)
    implements Target<T> {

  @Override
  public String url() {
    return address.get();
  }

  @Override
  public Request apply(RequestTemplate template) {
    return template.target(url()).request();
  }
}

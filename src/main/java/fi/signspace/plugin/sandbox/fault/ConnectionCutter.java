package fi.signspace.plugin.sandbox.fault;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Closes the connection of a marked request immediately, which only Tomcat's API allows. */
public final class ConnectionCutter extends ValveBase
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private static final String MARK = ConnectionCutter.class.getName();

  public ConnectionCutter() {
    super(true);
  }

  /** Marks a request: its connection is closed as soon as its handler returns. */
  static void cut(ServletRequest request) {
    request.setAttribute(MARK, true);
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addEngineValves(this);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
    if (request.getAttribute(MARK) != null) {
      response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
    }
  }
}

package fi.signspace.plugin.sandbox.fault;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.sandbox.CallLog;
import fi.signspace.plugin.sandbox.Json;
import fi.signspace.plugin.sandbox.QueryParameters;
import fi.signspace.plugin.sandbox.RefusalException;
import fi.signspace.plugin.sandbox.Tokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Configures fault injection, and shows the received calls. */
public final class FaultControl {

  private final Faults faults;
  private final Tokens tokens;
  private final CallLog calls;

  public FaultControl(Faults faults, Tokens tokens, CallLog calls) {
    this.faults = faults;
    this.tokens = tokens;
    this.calls = calls;
  }

  public ServerResponse show(ServerRequest request) {
    return Json.respond(faults.show());
  }

  /** Replaces all faults. */
  public ServerResponse replace(ServerRequest request) throws IOException {
    JsonNode body = Json.read(request);
    if (!body.isArray()) {
      throw RefusalException.invalidBody("The body must be a list of faults");
    }
    List<Fault> read = new ArrayList<>();
    body.forEach(node -> read.add(Fault.read(node)));
    faults.replace(read);
    return Json.respond(faults.show());
  }

  /** Appends a fault. */
  public ServerResponse add(ServerRequest request) throws IOException {
    faults.add(Fault.read(Json.read(request)));
    return Json.respond(faults.show());
  }

  public ServerResponse clear(ServerRequest request) {
    faults.replace(List.of());
    return Json.respond(faults.show());
  }

  public ServerResponse revokeTokens(ServerRequest request) {
    tokens.revokeAll();
    return ServerResponse.noContent().build();
  }

  /** {@code last} limits the list of calls. */
  public ServerResponse showCalls(ServerRequest request) {
    int last = QueryParameters.of(request, Set.of("last")).positive("last", Integer.MAX_VALUE);
    return Json.respond(calls.show(last));
  }

  public ServerResponse clearCalls(ServerRequest request) {
    calls.clear();
    return ServerResponse.noContent().build();
  }
}

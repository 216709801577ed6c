package fi.signspace.plugin.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Pdfs;
import java.time.Instant;
import java.util.List;

/**
 * Process instances that wait for signatures. They are started at the waiting step with the
 * variables of that state.
 */
public record WaitingInstances(List<Waiting> all) {

  /** One instance and its request in SignSpace. */
  record Waiting(String instanceId, String requestId) {}

  /**
   * @param nextCheckAt the due time of each timer
   */
  static WaitingInstances start(Application application, int count, Instant nextCheckAt) {
    PlainSignSpace signSpace = new PlainSignSpace(application.url());
    EngineRest engine = application.engine();
    byte[] document = Pdfs.withText("Waiting");
    return new WaitingInstances(
        Load.inParallel(
            count,
            i -> {
              String title = "Waiting " + i;
              String request = signSpace.create(title, signSpace.upload("waiting.pdf", document));
              return new Waiting(
                  start(engine, title, request, signSpace.statusOf(request), nextCheckAt), request);
            }));
  }

  /** The number of instances, waiting or finished, that have been checked at least once. */
  static int checked(Application application) {
    return application
        .engine()
        .get("/history/variable-instance/count?variableName=lastCheckAt")
        .get("count")
        .asInt();
  }

  private static String start(
      EngineRest engine, String title, String request, String status, Instant nextCheckAt) {
    ObjectNode variables = EngineRest.variables();
    EngineRest.putString(variables, "title", title);
    EngineRest.putString(variables, "signingRequestId", request);
    EngineRest.putString(variables, "signingStatus", status);
    EngineRest.putString(variables, "signingPhase", "awaiting");
    EngineRest.putString(variables, "nextCheckAt", nextCheckAt.toString());
    putInteger(variables, "signaturesRequested", 1);
    putInteger(variables, "signaturesCompleted", 0);
    ObjectNode body = EngineRest.variables().put("businessKey", title);
    body.set("variables", variables);
    body.putArray("startInstructions")
        .addObject()
        .put("type", "startBeforeActivity")
        .put("activityId", "subProcess_followSigningRequest");
    return engine.post("/process-definition/key/signing-request/start", body).get("id").asText();
  }

  private static void putInteger(ObjectNode variables, String name, int value) {
    variables.putObject(name).put("type", "Integer").put("value", value);
  }
}

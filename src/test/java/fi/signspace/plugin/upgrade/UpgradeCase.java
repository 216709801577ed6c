package fi.signspace.plugin.upgrade;

import static fi.signspace.plugin.upgrade.Installation.AGREEMENT;
import static fi.signspace.plugin.upgrade.Installation.ANNA;
import static fi.signspace.plugin.upgrade.Installation.BERT;
import static fi.signspace.plugin.upgrade.Installation.CONTRACT;
import static fi.signspace.plugin.upgrade.Installation.SIGNING_REQUEST;
import static fi.signspace.plugin.upgrade.Installation.document;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.e2e.EngineRest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An instance that a former version leaves in one of the wait states, or finished, and its expected
 * end in the next version.
 *
 * @param key its business key, and part of the title of its request
 * @param begun its steps before the failure
 * @param outage the failure of SignSpace, which lasts until the version is stopped
 * @param left its steps during the failure
 * @param finished its steps in the next version
 * @param end the end event of its process
 * @param signedText the text of its first signed document; null without one
 */
record UpgradeCase(
    String key,
    String process,
    Step begun,
    Outage outage,
    Step left,
    Step finished,
    String end,
    @Nullable String signedText) {

  private static final Step NOTHING = (at, it) -> {};
  private static final Step STARTED = start(Installation::request);
  private static final Step CREATED = STARTED.then(awaitTask("userTask_manageSigning"));
  private static final Step SIGNED = sign(ANNA);
  private static final Step CANCELLED =
      message("cancelSigning").then(awaitTask("userTask_decideCancelled"));
  private static final Step HELD =
      act("hold").then(message("checkStatus")).then(awaitTask("userTask_resolveProblem"));
  private static final Step REPLACED =
      replace("new lease.pdf", "A better lease").then(awaitDocument("new lease.pdf"));
  private static final Step REFUSED =
      replace("empty.pdf", "").then(awaitTask("userTask_correctRequest"));
  private static final Step ARCHIVED =
      decide("userTask_archiveContract", Installation::archivePlace);
  private static final Step ALL_SIGNED = sign(ANNA, BERT);

  /** In the order of their execution: the failures add up. */
  static final List<UpgradeCase> ALL =
      List.of(
          // ---- finished
          request("signed").begun(CREATED.then(SIGNED).then(message("checkStatus")).then(ended())),
          request("cancelled")
              .begun(
                  CREATED
                      .then(CANCELLED)
                      .then(decide("userTask_decideCancelled", "close"))
                      .then(ended()))
              .endsAs("cancelled"),
          request("abandoned")
              .begun(
                  start(Installation::refusedRequest)
                      .then(decide("userTask_correctRequest", "abandon"))
                      .then(ended()))
              .endsAs("abandoned"),

          // ---- waiting for signatures and people
          request("awaiting").begun(CREATED).finished(SIGNED),
          request("partly-signed")
              .begun(
                  start(Installation::requestOfTwo)
                      .then(awaitTask("userTask_manageSigning"))
                      .then(sign(BERT)))
              .finished(SIGNED),
          request("signed-unseen").begun(CREATED.then(SIGNED)).finished(exists()),
          request("replaced")
              .begun(CREATED.then(REPLACED).then(awaitTask("userTask_manageSigning")))
              .finished(SIGNED)
              .saying("A better lease"),
          request("replaced-before-a-check")
              .begun(
                  start(Installation::rarelyCheckedRequest)
                      .then(awaitTask("userTask_manageSigning")))
              .finished(
                  REPLACED
                      .then(awaitTask("userTask_manageSigning"))
                      .then(SIGNED)
                      .then(checkUnlessNoticed()))
              .saying("A better lease"),
          request("cancelled-then-closed")
              .begun(CREATED.then(CANCELLED))
              .finished(decide("userTask_decideCancelled", "close"))
              .endsAs("cancelled"),
          request("cancelled-then-reopened")
              .begun(CREATED.then(CANCELLED))
              .finished(
                  message("reopenSigning").then(awaitTask("userTask_manageSigning")).then(SIGNED)),
          request("refused")
              .begun(start(Installation::refusedRequest).then(awaitTask("userTask_correctRequest")))
              .finished(
                  decide(
                          "userTask_correctRequest",
                          key ->
                              decision(
                                  "retry", Installation.withSigners(EngineRest.variables(), ANNA)))
                      .then(SIGNED)),
          request("replacement-refused-then-corrected")
              .begun(CREATED.then(REFUSED))
              .finished(
                  decide(
                          "userTask_correctRequest",
                          key -> decision("retry", document("good.pdf", "A good lease")))
                      .then(awaitDocument("good.pdf"))
                      .then(SIGNED))
              .saying("A good lease"),
          request("replacement-refused-then-dropped")
              .begun(CREATED.then(REFUSED))
              .finished(decide("userTask_correctRequest", "abandon").then(SIGNED)),
          request("held-then-waited-for")
              .begun(CREATED.then(HELD))
              .finished(
                  decide("userTask_resolveProblem", "keepWaiting")
                      .then(awaitTask("userTask_manageSigning"))
                      .then(act("open"))
                      .then(SIGNED)),
          request("held-then-cancelled")
              .begun(CREATED.then(HELD))
              .finished(
                  decide("userTask_resolveProblem", "cancelSigning")
                      .then(decide("userTask_decideCancelled", "close")))
              .endsAs("cancelled"),
          request("held-and-waited-for")
              .begun(
                  CREATED
                      .then(HELD)
                      .then(decide("userTask_resolveProblem", "keepWaiting"))
                      .then(awaitTask("userTask_manageSigning")))
              .finished(act("open").then(SIGNED)),

          // ---- other processes
          agreement("agreement-signed").begun(agreed().then(ALL_SIGNED).then(due()).then(ended())),
          agreement("agreement-awaiting").begun(agreed()).finished(ALL_SIGNED),
          contract("contract-to-approve")
              .begun(start(Installation::contract).then(awaitTask("userTask_approveContract")))
              .finished(approve().then(SIGNED).then(ARCHIVED)),
          contract("contract-awaiting").begun(contractSent()).finished(SIGNED.then(ARCHIVED)),
          contract("contract-signed")
              .begun(
                  contractSent()
                      .then(SIGNED)
                      .then(message("checkStatus"))
                      .then(awaitTask("userTask_archiveContract")))
              .finished(ARCHIVED),

          // ---- steps that wait for SignSpace
          request("to-replace")
              .begun(CREATED)
              .during(
                  Outage.REPLACEMENTS,
                  replace("new lease.pdf", "A better lease")
                      .then(failing("serviceTask_replaceDocuments")))
              .finished(awaitDocument("new lease.pdf").then(SIGNED))
              .saying("A better lease"),
          request("to-download")
              .begun(CREATED)
              .during(
                  Outage.DOWNLOADS,
                  SIGNED
                      .then(message("checkStatus"))
                      .then(failing("serviceTask_downloadDocuments"))),
          agreement("agreement-to-download")
              .begun(agreed())
              .during(
                  Outage.DOWNLOADS,
                  ALL_SIGNED.then(due()).then(failing("serviceTask_downloadAgreement"))),
          request("created-unknowingly")
              .during(
                  Outage.RESPONSE_TO_CREATION,
                  STARTED.then(failing("serviceTask_createSigningRequest")).then(exists()))
              .finished(SIGNED),
          agreement("agreement-created-unknowingly")
              .during(
                  Outage.RESPONSE_TO_CREATION,
                  start(Installation::agreement)
                      .then(failing("serviceTask_sendAgreement"))
                      .then(exists()))
              .finished(ALL_SIGNED),
          request("perhaps-created")
              .during(
                  Outage.REQUEST_FOR_CREATION,
                  STARTED.then(met()).then(failing("serviceTask_createSigningRequest")))
              .finished(SIGNED),
          request("to-create")
              .during(Outage.CREATION, STARTED.then(failing("serviceTask_createSigningRequest")))
              .finished(SIGNED),
          agreement("agreement-to-create")
              .during(
                  Outage.CREATION,
                  start(Installation::agreement).then(failing("serviceTask_sendAgreement")))
              .finished(ALL_SIGNED),
          request("to-check")
              .begun(CREATED)
              .during(
                  Outage.CHANGES, message("checkStatus").then(failing("serviceTask_checkStatus")))
              .finished(SIGNED),
          request("to-cancel")
              .begun(CREATED)
              .during(
                  Outage.CHANGES,
                  message("cancelSigning").then(failing("serviceTask_cancelSigningRequest")))
              .finished(decide("userTask_decideCancelled", "close"))
              .endsAs("cancelled"),
          request("to-reopen")
              .begun(CREATED.then(CANCELLED))
              .during(
                  Outage.CHANGES,
                  message("reopenSigning").then(failing("serviceTask_reopenSigningRequest")))
              .finished(awaitTask("userTask_manageSigning").then(SIGNED)),
          request("to-upload")
              .during(Outage.UPLOADS, STARTED.then(failing("serviceTask_uploadDocuments")))
              .finished(SIGNED),
          agreement("agreement-to-upload")
              .during(
                  Outage.UPLOADS,
                  start(Installation::agreement).then(failing("serviceTask_uploadAgreement")))
              .finished(ALL_SIGNED));

  /** An action on an instance. */
  interface Step {
    void take(Installation at, UpgradeCase it);

    default Step then(Step next) {
      return (at, it) -> {
        take(at, it);
        next.take(at, it);
      };
    }
  }

  /** How SignSpace fails until instances reach their wait states. */
  enum Outage {
    NONE,
    REPLACEMENTS("tasks.signingRequest.update"),
    DOWNLOADS("files.download"),
    /** The request is created, but the response is lost. */
    RESPONSE_TO_CREATION("tasks.get", "tasks.list"),
    /** The request is not created, and the response is lost. */
    REQUEST_FOR_CREATION,
    CREATION("tasks.signingRequest.create"),
    CHANGES("tasks.cancel", "tasks.open"),
    UPLOADS("files.create");

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> operations;

    Outage(String... operations) {
      this.operations = List.of(operations);
    }

    /** The sandbox rules for this failure and the previous ones. */
    String rules() {
      List<String> rules = new ArrayList<>();
      if (this == RESPONSE_TO_CREATION || this == REQUEST_FOR_CREATION) {
        rules.add(
            "{\"operation\": \"tasks.signingRequest.create\", \"kind\": \"%s\", \"times\": 1}"
                .formatted(this == RESPONSE_TO_CREATION ? "cutAfter" : "cutBefore"));
        rules.add(unavailable("tasks.signingRequest.create"));
      }
      EnumSet.range(values()[0], this)
          .forEach(
              outage -> outage.operations.forEach(operation -> rules.add(unavailable(operation))));
      return rules.toString();
    }

    private static String unavailable(String operation) {
      return "{\"operation\": \"%s\", \"kind\": \"status\", \"status\": 503}".formatted(operation);
    }
  }

  private static UpgradeCase request(String key) {
    return new UpgradeCase(
        key,
        SIGNING_REQUEST,
        NOTHING,
        Outage.NONE,
        NOTHING,
        NOTHING,
        "endEvent_signed",
        "Lease of " + key);
  }

  private static UpgradeCase agreement(String key) {
    return new UpgradeCase(
        key,
        AGREEMENT,
        NOTHING,
        Outage.NONE,
        NOTHING,
        NOTHING,
        "endEvent_agreementSigned",
        "Agreement of " + key);
  }

  private static UpgradeCase contract(String key) {
    return new UpgradeCase(
        key,
        CONTRACT,
        NOTHING,
        Outage.NONE,
        NOTHING,
        NOTHING,
        "endEvent_contractArchived",
        "Contract of " + key);
  }

  private UpgradeCase begun(Step step) {
    return new UpgradeCase(key, process, step, outage, left, finished, end, signedText);
  }

  private UpgradeCase during(Outage in, Step step) {
    return new UpgradeCase(key, process, begun, in, step, finished, end, signedText);
  }

  private UpgradeCase finished(Step step) {
    return new UpgradeCase(key, process, begun, outage, left, step, end, signedText);
  }

  private UpgradeCase endsAs(String outcome) {
    return new UpgradeCase(
        key, process, begun, outage, left, finished, "endEvent_" + outcome, null);
  }

  private UpgradeCase saying(String text) {
    return new UpgradeCase(key, process, begun, outage, left, finished, end, text);
  }

  /** Whether the recorded version has finished it. */
  boolean isFinishedBefore() {
    return outage == Outage.NONE && finished == NOTHING;
  }

  /** Of a signing request. */
  String outcome() {
    return end.substring("endEvent_".length());
  }

  String title() {
    return switch (process) {
      case AGREEMENT -> "Non-disclosure agreement with " + key;
      case CONTRACT -> "Employment contract of " + key;
      default -> key;
    };
  }

  /** The variable of its first signed document. */
  String signedDocument() {
    return switch (process) {
      case AGREEMENT -> "signedAgreement1";
      case CONTRACT -> "signedContract";
      default -> "signedDocument1";
    };
  }

  /** The number of requests in SignSpace at its end. */
  int requests() {
    return end.equals("endEvent_abandoned") ? 0 : 1;
  }

  // ---- steps

  private static Step start(Function<String, ObjectNode> variables) {
    return (at, it) -> at.engine().start(it.process, it.key, variables.apply(it.key));
  }

  private static Step awaitTask(String userTask) {
    return (at, it) -> at.awaitTask(it.process, it.key, userTask);
  }

  private static Step decide(String userTask, String decision) {
    return decide(userTask, key -> decision(decision, EngineRest.variables()));
  }

  private static Step decide(String userTask, Function<String, ObjectNode> variables) {
    return (at, it) -> at.complete(it.process, it.key, userTask, variables.apply(it.key));
  }

  private static ObjectNode decision(String decision, ObjectNode variables) {
    EngineRest.putString(variables, "decision", decision);
    return variables;
  }

  private static Step message(String name) {
    return (at, it) -> at.engine().message(name, it.key, null);
  }

  /** The check after a replacement, or a sweep, may have noticed the signature before. */
  private static Step checkUnlessNoticed() {
    return (at, it) -> {
      try {
        at.engine().message("checkStatus", it.key, null);
      } catch (IllegalStateException e) {
        // the second is of another engine, if it is noticed at the same moment
        assertThat(e.getMessage())
            .containsAnyOf(
                "MismatchingMessageCorrelationException", "does not have a subscription");
      }
    };
  }

  private static Step replace(String fileName, String text) {
    return (at, it) -> at.engine().message("replaceDocuments", it.key, document(fileName, text));
  }

  private static Step sign(String... handles) {
    return (at, it) -> at.sign(it.title(), handles);
  }

  private static Step act(String action) {
    return (at, it) -> at.sandbox().act(at.awaitRequest(it.title()), action);
  }

  private static Step exists() {
    return (at, it) -> at.awaitRequest(it.title());
  }

  /** Waits until the first fault has been injected. */
  private static Step met() {
    return (at, it) -> at.awaitFault();
  }

  private static Step awaitDocument(String fileName) {
    return (at, it) -> at.awaitDocument(it.title(), fileName);
  }

  private static Step failing(String step) {
    return (at, it) -> at.awaitRetry(it.process, it.key, step);
  }

  /** Makes its timer due. */
  private static Step due() {
    return (at, it) -> at.executeTimer(it.process, it.key);
  }

  private static Step ended() {
    return (at, it) -> at.awaitEnd(it.process, it.key, it.end);
  }

  private static Step agreed() {
    return start(Installation::agreement).then(exists());
  }

  private static Step approve() {
    return decide("userTask_approveContract", Installation::approval);
  }

  /** The called instance has the same business key. */
  private static Step contractSent() {
    return start(Installation::contract)
        .then(approve())
        .then((at, it) -> at.awaitTask(SIGNING_REQUEST, it.key, "userTask_manageSigning"));
  }
}

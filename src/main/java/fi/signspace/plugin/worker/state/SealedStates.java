package fi.signspace.plugin.worker.state;

import fi.signspace.plugin.encryption.BrokenSealException;
import fi.signspace.plugin.encryption.StateSeal;
import fi.signspace.plugin.encryption.UnknownSealKeyException;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Binding;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.RetryLaterException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and writes the sealed state of a task's signing request. Anyone may have written a process
 * variable, so workers trust nothing else about the request that they act on.
 * docs/adr/0017-sealed-state.md explains the cases.
 */
public class SealedStates {

  private static final Logger LOG = LoggerFactory.getLogger(SealedStates.class);

  /** Gives another node, which may have the key, time to fetch the task. */
  private static final Duration OTHER_NODE_DELAY = Duration.ofSeconds(30);

  private static final Duration AFTER_OTHER_STEP = Duration.ofSeconds(1);

  private final StateSeal seal;
  private final SignSpace signSpace;
  private final Adoption adoption;
  private final StateFreshness freshness;
  private final Replacements replacements;
  private final SealHealth health;

  public SealedStates(
      StateSeal seal,
      SignSpace signSpace,
      Adoption adoption,
      StateFreshness freshness,
      Replacements replacements,
      SealHealth health) {
    this.seal = seal;
    this.signSpace = signSpace;
    this.adoption = adoption;
    this.freshness = freshness;
    this.replacements = replacements;
    this.health = health;
  }

  /**
   * The state of the request, or a new one.
   *
   * @throws IncidentException if there may be a request that cannot be identified
   */
  public SigningState ownOrNew(SigningTask task) {
    return own(task)
        .orElseGet(
            () -> {
              SigningState state = newState(task);
              task.declareState(seal(task, state));
              return state;
            });
  }

  /**
   * What a step has found is written with the state that it has read. In another process than
   * {@code signing-request}, a step in a parallel branch may have written it since, and a model may
   * confuse the states of two requests.
   *
   * @throws RetryLaterException if the state is another one by now
   * @throws IncidentException if this step would overwrite the state of another open request
   */
  public void requireUnchanged(SigningTask task, SigningState state) {
    if (task.isOfSigningRequest()) {
      return;
    }
    Optional<String> own = task.ownSealedState();
    Optional<String> now = task.overwrittenState();
    if (now.isEmpty() || now.equals(own)) {
      return;
    }
    SigningState other = open(now.get());
    if (own.map(this::open).filter(earlier -> isCheckpoint(task, earlier, other)).isPresent()) {
      return;
    }
    boolean isSame = isSame(state, other);
    if (isSame && task.keepsState()) {
      if (task.isMapped(SigningVariables.SIGNING_STATE)) {
        // the next attempt reads the copy of this step
        task.saveVariables(new Outputs().put(SigningVariables.SIGNING_STATE, now.get()));
      }
      throw changedMeanwhile();
    }
    if (!isSame && isOf(task, other.binding()) && other.hasUnfinishedRequest()) {
      throw new IncidentException(
          "The step %s works on the signing request %s, but would write its state over that of the request %s, which is not finished. Let its input and output name the same variable, and give each request of the process a request name, in the model"
              .formatted(
                  task.activityId(), state.requireRequest().id(), other.requireRequest().id()));
    }
  }

  /** An interrupted run of this step has left its progress in a local variable. */
  private static boolean isCheckpoint(
      SigningTask task, SigningState earlier, SigningState overwritten) {
    return task.activityInstanceId().equals(earlier.writtenBy())
        && earlier.hasProgressSince(overwritten);
  }

  /** Whether a sealed state is one of the same request. */
  public boolean isSame(SigningState state, String sealed) {
    return isSame(state, open(sealed));
  }

  private static boolean isSame(SigningState state, SigningState other) {
    return other.binding().key().equals(state.binding().key());
  }

  /** The current state of this request, which another step may have written in the meantime. */
  public Optional<SigningState> current(SigningTask task) {
    return task.currentSealedState().map(this::open).filter(state -> isOf(task, state.binding()));
  }

  /**
   * The latest state of an existing request.
   *
   * @throws IncidentException if there is none
   */
  public SigningState currentRequest(SigningTask task) {
    return compared(task, requestOf(task));
  }

  /**
   * The state of a request, with an interrupted replacement that it lacks. The engine's history may
   * show a replacement that SignSpace has carried out until now, so a step that concludes something
   * from SignSpace's answer compares after it.
   *
   * @throws RetryLaterException if another step of the process has written a later state
   * @throws IncidentException if the state is not the latest
   */
  public SigningState compared(SigningTask task, SigningState state) {
    try {
      freshness.requireLatest(task, state, state.requireRequest().creation().createdBy());
      return replacements.withUnknown(task, state);
    } catch (IncidentException e) {
      requireUnchanged(task, state);
      throw e;
    }
  }

  /**
   * Compares once more, after what took a while.
   *
   * @param compared what {@link #compared} returned for this state
   * @throws RetryLaterException if it would return another one by now
   * @throws IncidentException if the state is not the latest any more
   */
  public void requireSame(SigningTask task, SigningState state, SigningState compared) {
    if (!compared(task, state).equals(compared)) {
      throw changedMeanwhile();
    }
  }

  private static RetryLaterException changedMeanwhile() {
    return new RetryLaterException(
        "Another step of the process has changed the signing state in the meantime, so this step is repeated.",
        AFTER_OTHER_STEP);
  }

  /**
   * The state of a request that exists.
   *
   * @throws IncidentException if there is none
   */
  public SigningState requestOf(SigningTask task) {
    return own(task)
        .flatMap(state -> withClaimedRequest(task, state))
        .filter(state -> state.request() != null)
        .orElseThrow(
            () ->
                new IncidentException(
                    """
                    No worker has created a signing request for this step: the variable signingState is missing, or belongs to \
                    another request. Pass on the state that "Create signing request" gave; a request cannot be named by its id.\
                    """));
  }

  /**
   * A worker of a former version may have created the request with documents uploaded by this one.
   */
  private Optional<SigningState> withClaimedRequest(SigningTask task, SigningState state) {
    return state.request() == null && !state.pending().isEmpty()
        ? task.claimedRequestId().flatMap(id -> adoption.ofPending(task, state, id))
        : Optional.of(state);
  }

  /**
   * The id of the request to read, before it is verified that it belongs to this task: reading is
   * harmless.
   */
  public Optional<String> unverifiedRequestId(SigningTask task) {
    try {
      return task.sealedState()
          .map(seal::open)
          .map(SigningState::request)
          .map(SentRequest::id)
          .or(task::claimedRequestId);
    } catch (UnknownSealKeyException | BrokenSealException e) {
      return Optional.empty();
    }
  }

  /**
   * What is sent must be the result of the last upload: an earlier one may have other documents,
   * and an interrupted one not all of them.
   *
   * @param absent why nothing was uploaded
   * @throws IncidentException if the state has no documents, not all of them, or former ones
   */
  public void requireUploaded(SigningTask task, SigningState state, String absent) {
    if (state.pending().isEmpty()) {
      throw new IncidentException(absent);
    }
    if (state.uploading()) {
      throw new IncidentException(
          "The variable signingState is from the middle of an upload of documents. Restore its latest value in Cockpit, or start the step \"Upload documents\" again, then retry");
    }
    freshness.requireLatestUpload(task, state);
  }

  public Outputs put(SigningTask task, Outputs outputs, SigningState state) {
    return outputs.put(SigningVariables.SIGNING_STATE, seal(task, state));
  }

  private String seal(SigningTask task, SigningState state) {
    return seal.seal(state.withWriter(task.activityInstanceId()));
  }

  /** Persists a state immediately. */
  public void save(SigningTask task, SigningState state) {
    task.saveVariables(put(task, new Outputs(), state));
  }

  /** Writes a state together with the report of the task, so only if the lock is still held. */
  public void saveWithReport(SigningTask task, SigningState state) {
    task.putWithReport(SigningVariables.SIGNING_STATE, seal(task, state));
  }

  /** The state of this request; empty if no worker has begun one. */
  private Optional<SigningState> own(SigningTask task) {
    requireRecordedStep(task);
    Optional<SigningState> sealed = task.sealedState().map(this::open);
    Optional<SigningState> own = sealed.filter(state -> isOf(task, state.binding()));
    if (own.isPresent()) {
      requireSameRequest(task, own.get());
      return own;
    }
    Optional<String> claimed = task.claimedRequestId();
    String inherited = sealed.map(SigningState::request).map(SentRequest::id).orElse("");
    if (sealed.isPresent() && claimed.orElse(inherited).equals(inherited)) {
      LOG.info(
          "The signing state was copied from the instance {} and is ignored",
          sealed.get().binding().processInstanceId());
      return Optional.empty();
    }
    return adoption.of(task, claimed, newState(task));
  }

  /** A version of the model with another id would hide what earlier versions have done. */
  private static void requireRecordedStep(SigningTask task) {
    String expected = SigningProcess.RECORDED_STEPS.getOrDefault(task.topic(), task.activityId());
    if (task.isOfSigningRequest() && !expected.equals(task.activityId())) {
      throw new IncidentException(
          "The step %s of signing-request must have the id %s, by which workers find its earlier runs. Correct the model, migrate this process instance to it, then retry"
              .formatted(task.activityId(), expected));
    }
  }

  private SigningState open(String text) {
    try {
      return seal.open(text);
    } catch (UnknownSealKeyException e) {
      e.keyId().ifPresent(health::reportMissingKey);
      throw new RetryLaterException(
          "The signing state is %s; the task waits for a node that can read it."
              .formatted(e.getMessage()),
          OTHER_NODE_DELAY);
    } catch (BrokenSealException e) {
      throw new IncidentException(
          """
          The variable signingState was not written by a worker, or was changed afterwards: %s. Restore its former value in Cockpit, \
          or remove it together with signingRequestId if no request was sent, then retry.\
          """
              .formatted(e.getMessage()));
    }
  }

  private boolean isOf(SigningTask task, Binding binding) {
    boolean isOfInstance = binding.processInstanceId().equals(task.processInstanceId());
    if (isOfInstance && !binding.apiUrl().equals(signSpace.apiUrl())) {
      throw new IncidentException(
          "The signing request was sent to %s, but this node works with %s. Correct signspace.api-url, or let a node that works with the former one finish the request"
              .formatted(binding.apiUrl(), signSpace.apiUrl()));
    }
    return isOfInstance
        && binding.requestName().equals(task.requestName())
        && Objects.equals(binding.scopeId(), task.scopeId().orElse(null));
  }

  /** A mapping must not pass the state of one request and the id of another to a step. */
  private static void requireSameRequest(SigningTask task, SigningState state) {
    String sealed = state.request() == null ? "" : state.request().id();
    task.claimedRequestId()
        .filter(
            id ->
                task.isMapped(SigningVariables.SIGNING_REQUEST_ID)
                    && !sealed.isEmpty()
                    && !id.equals(sealed))
        .ifPresent(
            id -> {
              throw new IncidentException(
                  "The inputs of this step belong to two signing requests: signingRequestId says %s, signingState says %s. Correct the model"
                      .formatted(id, sealed));
            });
  }

  private SigningState newState(SigningTask task) {
    return SigningState.initial(
        new Binding(
            task.processInstanceId(),
            signSpace.apiUrl(),
            task.requestName(),
            task.scopeId().orElse(null),
            UUID.randomUUID().toString()));
  }
}

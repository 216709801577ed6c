package fi.signspace.plugin.worker;

import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SigningStatus;
import java.util.List;
import java.util.Optional;

/**
 * Gives the request its new list of files, unless it has it already or is complete. The status is
 * checked right after, since the list may have come too late.
 */
final class ReplaceDocumentsWorker implements TopicWorker {

  private final SignSpace signSpace;
  private final RequestActions actions;
  private final CheckSchedule schedule;

  ReplaceDocumentsWorker(SignSpace signSpace, RequestActions actions, CheckSchedule schedule) {
    this.signSpace = signSpace;
    this.actions = actions;
    this.schedule = schedule;
  }

  @Override
  public Step step() {
    return Step.REPLACE_DOCUMENTS;
  }

  @Override
  public Outputs work(SigningTask task) {
    List<String> fileIds = List.of(task.require(SigningVariables.FILE_IDS));
    Optional<RequestState> state = actions.state(task);
    boolean nothingToDo =
        state
            .filter(s -> s.status() == SigningStatus.COMPLETE || s.fileIds().equals(fileIds))
            .isPresent();
    if (!nothingToDo) {
      actions.perform(
          task, (handle, request) -> signSpace.replaceDocuments(handle, request, fileIds));
    }
    return new Outputs()
        .put(SigningVariables.PROBLEM, "")
        .put(SigningVariables.UNCHANGED_CHECKS, 0)
        .put(SigningVariables.NEXT_CHECK_AT, schedule.now().toString());
  }
}

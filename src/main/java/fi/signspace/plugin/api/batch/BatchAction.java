package fi.signspace.plugin.api.batch;

import fi.signspace.plugin.api.RequestMessages;
import fi.signspace.plugin.api.view.Status;
import fi.signspace.plugin.process.SigningProcess.Message;

/** What can be done with many requests at once, as with each. */
enum BatchAction {
  CHECK("check"),
  CANCEL("cancel"),
  REMIND("remind");

  private final String text;

  BatchAction(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** One of them is open while the action is possible. */
  String[] userTasks() {
    return switch (this) {
      case CHECK -> Status.userTasks(Status.AWAITING, Status.NEEDS_DECISION);
      case CANCEL -> new String[] {"userTask_manageSigning", "userTask_resolveProblem"};
      case REMIND -> Status.userTasks(Status.AWAITING);
    };
  }

  void act(RequestMessages messages, String id) {
    switch (this) {
      case CHECK -> messages.send(Message.CHECK_STATUS, id);
      case CANCEL -> messages.send(Message.CANCEL_SIGNING, id);
      case REMIND -> messages.remind(id);
    }
  }
}

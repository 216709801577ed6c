package fi.signspace.plugin.sandbox;

import fi.signspace.plugin.sandbox.fault.Faults;
import fi.signspace.plugin.sandbox.file.FileStore;
import fi.signspace.plugin.sandbox.task.TaskStore;
import java.time.Clock;
import java.util.List;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/** The state of the sandbox, in memory. */
public record SandboxState(
    Clock clock, FileStore files, TaskStore tasks, Tokens tokens, Faults faults, CallLog calls)
    implements ApplicationListener<ContextClosedEvent> {

  /**
   * @param capacity the maximum number of bytes of documents
   */
  SandboxState(Clock clock, long capacity) {
    this(
        clock,
        new FileStore(clock, capacity),
        new TaskStore(),
        new Tokens(clock),
        new Faults(clock),
        new CallLog(clock));
  }

  public void clear() {
    faults.replace(List.of());
    tasks.clear();
    files.clear();
    tokens.revokeAll();
    calls.clear();
  }

  /** Releases held calls, which would otherwise delay a graceful shutdown. */
  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    faults.replace(List.of());
  }
}

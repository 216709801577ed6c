package fi.signspace.plugin.api.delivery;

import fi.signspace.plugin.api.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** A way in which others are notified of events. */
public interface Channel {

  /** The events that it is about. */
  Set<EventType> events();

  /** The model of the process that delivers a message, on the class path. */
  String model();

  /**
   * Stores an event in the current transaction. It must not wait for anything but the database, and
   * needs no permissions.
   *
   * @param request any execution of the process instance
   */
  void store(DelegateExecution request, Occurrence event);

  /**
   * Stores in the current transaction that a decision is needed from the deputies of a case worker
   * who is away.
   *
   * @param deputies their e-mail addresses
   */
  default void storeForDeputies(DelegateExecution request, Instant at, List<String> deputies) {}
}

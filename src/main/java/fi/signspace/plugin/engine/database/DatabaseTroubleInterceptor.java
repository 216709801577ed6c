package fi.signspace.plugin.engine.database;

import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/** Notices, at each command of the engine, whether the database can be used. */
final class DatabaseTroubleInterceptor extends CommandInterceptor {

  private final DatabaseTrouble trouble;

  DatabaseTroubleInterceptor(DatabaseTrouble trouble) {
    this.trouble = trouble;
  }

  @Override
  public <T> T execute(Command<T> command) {
    try {
      T result = next.execute(command);
      trouble.noteSuccess();
      return result;
    } catch (RuntimeException e) {
      throw trouble.note(e) ? new DatabaseUnavailableException() : e;
    }
  }
}

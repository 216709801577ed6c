package fi.signspace.plugin.engine.database;

import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/** Records for each engine command whether the database could be used. */
final class DatabaseFailureInterceptor extends CommandInterceptor {

  private final DatabaseFailureLog failures;

  DatabaseFailureInterceptor(DatabaseFailureLog failures) {
    this.failures = failures;
  }

  @Override
  public <T> T execute(Command<T> command) {
    try {
      T result = next.execute(command);
      failures.noteSuccess();
      return result;
    } catch (RuntimeException e) {
      throw failures.note(e) ? new DatabaseUnavailableException() : e;
    }
  }
}

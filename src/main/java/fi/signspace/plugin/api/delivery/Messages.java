package fi.signspace.plugin.api.delivery;

import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;

/** The messages of a channel: each is an instance of a process until it is delivered. */
public final class Messages {

  /**
   * Stores a message in the current transaction, if there is one.
   *
   * @param process the key of the channel's process
   * @param businessKey of the message; null if it must not be found with the request
   */
  public static void store(
      RuntimeService runtime,
      String process,
      @Nullable String businessKey,
      Map<String, Object> variables) {
    runtime
        .createProcessInstanceByKey(process)
        .processDefinitionWithoutTenantId()
        .businessKey(businessKey)
        .setVariables(variables)
        .execute();
  }

  private Messages() {}
}

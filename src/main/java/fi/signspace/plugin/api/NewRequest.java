package fi.signspace.plugin.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants to be signed, valid.
 *
 * @param tenantId whose definition of the process is started; null for that of no tenant
 * @param sent what came, as JSON has it: perhaps with identity codes in clear, never to be stored
 * @param variables the same, to be stored
 */
record NewRequest(
    @Nullable String businessKey,
    @Nullable String tenantId,
    Map<String, Object> sent,
    Map<String, Object> variables,
    List<NewDocument> documents) {

  @Override
  public String toString() {
    return "GivenRequest[" + businessKey + "]";
  }
}

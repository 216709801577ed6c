package fi.signspace.plugin.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A validated request to have documents signed.
 *
 * @param tenantId the tenant whose process definition is started; null for the definition without a
 *     tenant
 * @param sent the JSON as received, possibly with plaintext identity codes; must never be stored
 * @param variables the same values, ready to be stored
 */
public record NewRequest(
    @Nullable String businessKey,
    @Nullable String tenantId,
    Map<String, Object> sent,
    Map<String, Object> variables,
    List<NewDocument> documents) {

  @Override
  public String toString() {
    return "NewRequest[" + businessKey + "]";
  }
}

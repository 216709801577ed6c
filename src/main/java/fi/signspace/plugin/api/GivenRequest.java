package fi.signspace.plugin.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants to be signed, valid.
 *
 * @param sent what came, as JSON has it: perhaps with identity codes in clear, never to be stored
 * @param variables the same, to be stored
 */
record GivenRequest(
    @Nullable String businessKey,
    Map<String, Object> sent,
    Map<String, Object> variables,
    List<GivenDocument> documents) {

  @Override
  public String toString() {
    return "GivenRequest[" + businessKey + "]";
  }
}

package fi.signspace.plugin.engine.security.command;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.externaltask.TopicFetchInstruction;

/** Which protected processes a fetch of external tasks reaches. */
final class SigningTopics {

  private SigningTopics() {}

  /** A fetch may be limited to other processes, by their keys. */
  static Stream<String> reachedBy(TopicFetchInstruction instruction) {
    Set<String> keys = new HashSet<>();
    if (instruction.getProcessDefinitionKey() != null) {
      keys.add(instruction.getProcessDefinitionKey());
    }
    if (instruction.getProcessDefinitionKeys() != null) {
      Collections.addAll(keys, instruction.getProcessDefinitionKeys());
    }
    return ProtectedProcesses.withTopic(instruction.getTopicName())
        .filter(key -> keys.isEmpty() || keys.contains(key));
  }
}

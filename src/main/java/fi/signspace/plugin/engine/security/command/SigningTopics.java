package fi.signspace.plugin.engine.security.command;

import fi.signspace.plugin.process.Step;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.camunda.bpm.engine.impl.externaltask.TopicFetchInstruction;

/** Which fetches of external tasks reach those of a signing request. */
final class SigningTopics {

  private SigningTopics() {}

  static boolean isServed(TopicFetchInstruction instruction) {
    return Step.ALL.stream().anyMatch(step -> step.topic().equals(instruction.getTopicName()));
  }

  /** A fetch may be limited to other processes, by their keys. */
  static boolean includesProtected(TopicFetchInstruction instruction) {
    Set<String> keys = new HashSet<>();
    if (instruction.getProcessDefinitionKey() != null) {
      keys.add(instruction.getProcessDefinitionKey());
    }
    if (instruction.getProcessDefinitionKeys() != null) {
      Collections.addAll(keys, instruction.getProcessDefinitionKeys());
    }
    return keys.isEmpty() || !Collections.disjoint(keys, ProtectedProcesses.KEYS);
  }
}

package fi.signspace.plugin.model;

import fi.signspace.plugin.process.BulkProcess;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.Step;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Warns of problems of deployed models that would make instances wait forever. An external task
 * whose topic no worker serves creates no incident.
 */
@Component
public final class ModelCheck {

  private static final Logger LOG = LoggerFactory.getLogger(ModelCheck.class);

  private final Map<String, Step> served =
      Step.ALL.stream().collect(Collectors.toMap(Step::topic, Function.identity()));
  private final Set<String> servedElsewhere;

  public ModelCheck(ModelProperties properties) {
    this.servedElsewhere =
        Stream.of(
                properties.topicsServedElsewhere(),
                SigningProcess.DELIVERY_TOPICS,
                Set.of(BulkProcess.SEND_ROWS_TOPIC))
            .flatMap(Collection::stream)
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * @param deployed every version of every process
   * @param xmlOf returns the model for the engine's id of a version
   */
  public void warn(Collection<DeployedProcess> deployed, UnaryOperator<String> xmlOf) {
    for (DeployedProcess process : DeployedProcess.inUse(deployed)) {
      findings(xmlOf.apply(process.id()))
          .forEach(finding -> LOG.warn("MODEL {}: {}", process, finding));
    }
  }

  /** Returns the problems of a model, one sentence each. */
  List<String> findings(String xml) {
    return ModelReader.externalSteps(xml).stream().flatMap(this::findings).toList();
  }

  private Stream<String> findings(ExternalStep step) {
    boolean isDecidedLater = step.topic().contains("${");
    if (isDecidedLater || servedElsewhere.contains(step.topic())) {
      return Stream.of();
    }
    Step known = served.get(step.topic());
    if (known == null) {
      return Stream.of(
          """
          the step “%s” waits forever, because no worker of this application serves its topic %s. Correct the topic, or name it in \
          signspace.models.topics-served-elsewhere if another worker serves it\
          """
              .formatted(step.name(), step.topic()));
    }
    return known.needed().stream()
        .filter(input -> isMissing(step, input))
        .map(
            input ->
                "the step “%s” needs the input %s, which its model does not set"
                    .formatted(step.name(), input));
  }

  /**
   * A step with a template gets only the inputs of its mapping; other steps may use a process
   * variable of that name, unless the mapping empties it.
   */
  private static boolean isMissing(ExternalStep step, String input) {
    boolean isMapped = step.isFromTemplate() || step.inputs().containsKey(input);
    return isMapped && !step.sets(input);
  }
}

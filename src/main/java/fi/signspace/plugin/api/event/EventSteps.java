package fi.signspace.plugin.api.event;

import static java.util.stream.Collectors.toMap;

import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningProcess.Topic;
import fi.signspace.plugin.signing.status.StatusRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateThrowEvent;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.jspecify.annotations.Nullable;

/**
 * Which activities of a model are events of a request: those of the workers' topics, the decisions
 * of people, and every activity whose extension property names an event. Each version of a model is
 * read once.
 */
public final class EventSteps {

  private static final Map<String, EventType> BY_TOPIC =
      Map.of(
          Topic.UPLOAD_DOCUMENT, EventType.UPLOADED,
          Topic.CREATE_SIGNING_REQUEST, EventType.SENT,
          Topic.CHECK_STATUS, EventType.CHECKED,
          Topic.REPLACE_DOCUMENTS, EventType.REPLACED,
          Topic.REOPEN_SIGNING_REQUEST, EventType.REOPENED,
          Topic.DOWNLOAD_DOCUMENT, EventType.DOWNLOADED);

  private static final String MANAGE_SIGNING = "userTask_manageSigning";
  private static final String REMIND_SIGNERS = "userTask_remindSigners";
  private static final String RESOLVE_PROBLEM = "userTask_resolveProblem";

  /** The user tasks in which a person decides about an existing request, one for each phase. */
  public static final Set<String> DECISIONS =
      Set.of(MANAGE_SIGNING, SigningProcess.DECIDE_CANCELLED, RESOLVE_PROBLEM);

  private final RepositoryService repository;
  private final Map<String, Map<String, EventType>> read = new ConcurrentHashMap<>();

  public EventSteps(RepositoryService repository) {
    this.repository = repository;
  }

  /** Returns the event of each activity; empty if the definition no longer exists. */
  public Map<String, EventType> of(String definition) {
    Map<String, EventType> known = read.get(definition);
    if (known != null) {
      return known;
    }
    try {
      return read.computeIfAbsent(definition, id -> events(repository.getBpmnModelInstance(id)));
    } catch (ProcessEngineException e) {
      return Map.of();
    }
  }

  /** Returns the events of opening a user task. */
  public static List<EventType> ofOpening(String userTask) {
    return switch (userTask) {
      case MANAGE_SIGNING, REMIND_SIGNERS -> List.of();
      case SigningProcess.DECIDE_CANCELLED ->
          List.of(EventType.CANCELLED, EventType.DECISION_NEEDED);
      default -> List.of(EventType.DECISION_NEEDED);
    };
  }

  /**
   * Returns the event after which a person has to decide in this task, if it has just happened. A
   * decline is an event of the present model only.
   *
   * @param status of the request
   */
  public static Optional<EventType> reasonToDecide(FlowNode userTask, @Nullable Object status) {
    if (userTask.getId().equals(SigningProcess.DECIDE_CANCELLED)) {
      return Optional.of(EventType.CANCELLED);
    }
    boolean isDeclined =
        userTask.getId().equals(RESOLVE_PROBLEM)
            && status instanceof String text
            && StatusRules.isDeclined(text)
            && userTask
                .getParentElement()
                .getChildElementsByType(IntermediateThrowEvent.class)
                .stream()
                .anyMatch(event -> named(event).filter(EventType.DECLINED::equals).isPresent());
    return isDeclined ? Optional.of(EventType.DECLINED) : Optional.empty();
  }

  private static Map<String, EventType> events(BpmnModelInstance model) {
    return model.getModelElementsByType(FlowNode.class).stream()
        .flatMap(node -> ofCompleting(node).map(type -> Map.entry(node.getId(), type)).stream())
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Returns the event of completing an activity. */
  public static Optional<EventType> ofCompleting(FlowNode node) {
    return named(node).or(() -> known(node));
  }

  private static Optional<EventType> known(FlowNode node) {
    if (node instanceof ServiceTask task) {
      return Optional.ofNullable(task.getCamundaTopic()).map(BY_TOPIC::get);
    }
    FlowNode decided = node instanceof BoundaryEvent event ? event.getAttachedTo() : node;
    return decided instanceof UserTask ? Optional.of(EventType.DECIDED) : Optional.empty();
  }

  private static Optional<EventType> named(FlowNode node) {
    return Stream.ofNullable(node.getExtensionElements())
        .flatMap(
            elements ->
                elements.getElementsQuery().filterByType(CamundaProperties.class).list().stream())
        .flatMap(properties -> properties.getCamundaProperties().stream())
        .filter(property -> SigningProcess.EVENT_PROPERTY.equals(property.getCamundaName()))
        .flatMap(property -> EventType.parse(property.getCamundaValue()).stream())
        .findFirst();
  }
}

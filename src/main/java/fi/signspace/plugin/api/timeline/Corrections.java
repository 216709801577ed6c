package fi.signspace.plugin.api.timeline;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.input.StartOption;
import fi.signspace.plugin.signing.text.Handles;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.history.HistoricVariableUpdate;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * What was corrected in a request: the engine's records of the start variables at two creations are
 * compared, or those at a creation with the current ones. Documents and former states are not
 * recorded.
 */
@SuppressWarnings("JavaUtilDate") // what the engine has
final class Corrections {

  private static final String TITLE = StartOption.TITLE.variable();
  private static final String PARTICIPANTS = StartOption.PARTICIPANTS.variable();
  private static final String DUE_AT = SigningVariables.DUE_AT.name();

  /**
   * The due date is compared as a time, since it can be written in several ways; whether identities
   * are verified follows from the participants.
   */
  private static final EnumSet<StartOption> NOT_COMPARED =
      EnumSet.of(StartOption.DUE_DATE, StartOption.IS_PROTECTED);

  private static final String[] COMPARED =
      Stream.concat(
              Stream.of(DUE_AT),
              EnumSet.complementOf(NOT_COMPARED).stream().map(StartOption::variable))
          .toArray(String[]::new);

  private static final String[] OPTIONS =
      EnumSet.complementOf(EnumSet.of(StartOption.IS_PROTECTED)).stream()
          .map(StartOption::variable)
          .toArray(String[]::new);

  private static final JsonMapper JSON = new JsonMapper();

  private final HistoryService history;

  Corrections(HistoryService history) {
    this.history = history;
  }

  /**
   * A kind of correction.
   *
   * @param names of the participants concerned; empty for an option
   */
  record Correction(String kind, List<String> names) {}

  /**
   * @param former the step that has sent the former request
   * @param creation the step that has sent the request again
   */
  List<Correction> of(HistoricActivityInstance former, HistoricActivityInstance creation) {
    Map<String, String> before = new HashMap<>();
    Map<String, String> after = new HashMap<>();
    variables(creation, COMPARED)
        .forEach(
            variable -> {
              before.put(variable.getName(), at(variable, former));
              after.put(variable.getName(), at(variable, creation));
            });
    List<Correction> found = new ArrayList<>();
    addPeople(found, people(before.get(PARTICIPANTS)), people(after.get(PARTICIPANTS)));
    Set<String> changed =
        before.keySet().stream()
            .filter(name -> !before.get(name).equals(after.get(name)))
            .collect(toCollection(HashSet::new));
    changed.remove(PARTICIPANTS);
    addIf(found, changed.remove(TITLE), "title");
    addIf(found, changed.remove(DUE_AT), "dueDate");
    addIf(found, !changed.isEmpty(), "options");
    return found;
  }

  /**
   * Returns the names of the start variables that have another value than when the request was
   * created.
   */
  List<String> since(HistoricActivityInstance creation) {
    return variables(creation, OPTIONS)
        .filter(variable -> !isSame(variable.getName(), at(variable, creation), current(variable)))
        .map(HistoricVariableInstance::getName)
        .sorted()
        .toList();
  }

  private static boolean isSame(String name, String before, String after) {
    return name.equals(PARTICIPANTS) ? people(before).equals(people(after)) : before.equals(after);
  }

  private Stream<HistoricVariableInstance> variables(
      HistoricActivityInstance creation, String[] names) {
    return history
        .createHistoricVariableInstanceQuery()
        .processInstanceId(creation.getProcessInstanceId())
        .activityInstanceIdIn(creation.getProcessInstanceId())
        .variableNameIn(names)
        .disableCustomObjectDeserialization()
        .list()
        .stream();
  }

  private static void addIf(List<Correction> found, boolean isCorrected, String kind) {
    if (isCorrected) {
      found.add(new Correction(kind, List.of()));
    }
  }

  private static void addPeople(
      List<Correction> found, Map<String, JsonNode> before, Map<String, JsonNode> after) {
    addNames(found, "participantsAdded", after, not(before::containsKey));
    addNames(found, "participantsRemoved", before, not(after::containsKey));
    addNames(
        found,
        "participantsChanged",
        after,
        key -> before.containsKey(key) && !before.get(key).equals(after.get(key)));
  }

  private static void addNames(
      List<Correction> found, String kind, Map<String, JsonNode> people, Predicate<String> which) {
    List<String> names =
        people.entrySet().stream()
            .filter(entry -> which.test(entry.getKey()))
            .map(entry -> entry.getValue().path("handle").asText())
            .toList();
    if (!names.isEmpty()) {
      found.add(new Correction(kind, names));
    }
  }

  /** The participants by their handles, with what is compared; an identity code is not. */
  private static Map<String, JsonNode> people(@Nullable String participants) {
    Map<String, JsonNode> people = new LinkedHashMap<>();
    for (JsonNode given : json(participants)) {
      ObjectNode person = JSON.createObjectNode();
      String handle = given.path("handle").asText();
      person.put("handle", handle);
      person.put("role", given.path("role").asText());
      person.put(
          "displayName", given.path("displayName").asText(given.path("display_name").asText()));
      people.put(Handles.key(handle), person);
    }
    return people;
  }

  private static String current(HistoricVariableInstance variable) {
    return withoutDefault(text(variable.getTypedValue()));
  }

  /** A form writes false for what was not chosen. */
  private static String withoutDefault(String value) {
    return value.equals("false") ? "" : value;
  }

  /** The value when a request was created. */
  private String at(HistoricVariableInstance variable, HistoricActivityInstance creation) {
    Date time = variable.getName().equals(DUE_AT) ? creation.getEndTime() : creation.getStartTime();
    return history
        .createHistoricDetailQuery()
        .variableUpdates()
        .variableInstanceId(variable.getId())
        .disableCustomObjectDeserialization()
        .occurredBefore(time)
        .orderByTime()
        .desc()
        .listPage(0, 1)
        .stream()
        .map(update -> withoutDefault(text(((HistoricVariableUpdate) update).getTypedValue())))
        .findFirst()
        .orElse("");
  }

  /** A form writes JSON without the spaces that a caller may have sent. */
  private static String text(@Nullable TypedValue value) {
    return value instanceof SerializableValue given
        ? json(given.getValueSerialized()).toString()
        : value == null ? "" : Objects.toString(value.getValue(), "");
  }

  private static JsonNode json(@Nullable String text) {
    try {
      return JSON.readTree(text == null ? "" : text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}

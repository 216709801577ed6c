package fi.signspace.plugin.model;

import fi.signspace.plugin.process.SigningVariables;
import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.w3c.dom.Text;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads the external tasks and the variables from the XML of a model. */
public final class ModelReader {

  private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
  private static final Set<String> PARAMETERS = Set.of("inputParameter", "outputParameter");
  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";

  private static final Set<String> SUB_PROCESSES = Set.of("subProcess", "transaction");

  private static final String STATE = SigningVariables.SIGNING_STATE.name();

  /**
   * Returns the variables that a model reads or sets: in expressions, in input and output mappings,
   * and for the initiator.
   */
  public static Set<String> variables(String xml) {
    Set<String> names = new TreeSet<>();
    elements(document(xml), "*", "*").forEach(element -> addVariables(element, names));
    return names;
  }

  private static void addVariables(Element element, Set<String> names) {
    String initiator = attribute(element, "initiator");
    if (!initiator.isEmpty()) {
      names.add(initiator);
    }
    if (PARAMETERS.contains(element.getLocalName())) {
      names.add(element.getAttribute("name"));
    }
    NamedNodeMap attributes = element.getAttributes();
    IntStream.range(0, attributes.getLength())
        .forEach(i -> names.addAll(ExpressionVariables.in(attributes.item(i).getNodeValue())));
    NodeList children = element.getChildNodes();
    IntStream.range(0, children.getLength())
        .mapToObj(children::item)
        .filter(Text.class::isInstance)
        .forEach(text -> names.addAll(ExpressionVariables.in(text.getNodeValue())));
  }

  /**
   * A process of a model.
   *
   * @param isStartableInTasklist whether Tasklist offers to start it
   */
  public record ModelledProcess(String key, boolean isStartableInTasklist) {}

  public static List<ModelledProcess> processes(String xml) {
    return elements(document(xml), BPMN, "process")
        .map(
            process ->
                new ModelledProcess(
                    process.getAttribute("id"),
                    !attribute(process, "isStartableInTasklist").equals("false")))
        .toList();
  }

  public static List<ExternalStep> externalSteps(String xml) {
    return elements(document(xml), BPMN, "*")
        .filter(element -> attribute(element, "type").equals("external"))
        .map(ModelReader::step)
        .toList();
  }

  private static ExternalStep step(Element task) {
    Map<String, Boolean> inputs = new LinkedHashMap<>();
    elements(task, CAMUNDA, "inputParameter")
        .forEach(
            input ->
                inputs.put(input.getAttribute("name"), !input.getTextContent().strip().isEmpty()));
    String label = task.getAttribute("name").replaceAll("\\s+", " ");
    return new ExternalStep(
        task.getAttribute("id"),
        label.isEmpty() ? task.getAttribute("id") : label,
        attribute(task, "topic"),
        !attribute(task, "modelerTemplate").isEmpty(),
        inputs,
        elements(task, CAMUNDA, "outputParameter").findAny().isPresent(),
        elements(task, CAMUNDA, "outputParameter")
            .anyMatch(output -> output.getTextContent().contains(STATE)),
        stateVariable(task),
        readAsState(task).contains(stateVariable(task)),
        enclosing(task).anyMatch(scope -> SUB_PROCESSES.contains(scope.getLocalName())),
        enclosing(task).anyMatch(ModelReader::isMultiInstance),
        subProcessesInItem(task));
  }

  /** Prefers the variable that it also reads; without a mapping, the state has its own name. */
  private static String stateVariable(Element task) {
    List<String> written =
        elements(task, CAMUNDA, "outputParameter")
            .filter(output -> output.getTextContent().contains(STATE))
            .map(output -> output.getAttribute("name"))
            .toList();
    Set<String> read = readAsState(task);
    return Stream.concat(written.stream().filter(read::contains), written.stream())
        .findFirst()
        .orElse(STATE);
  }

  private static Set<String> readAsState(Element task) {
    return elements(task, CAMUNDA, "inputParameter")
        .filter(input -> input.getAttribute("name").equals(STATE))
        .findFirst()
        .map(input -> ExpressionVariables.in(input.getTextContent()))
        .orElse(Set.of(STATE));
  }

  private static List<String> subProcessesInItem(Element task) {
    return enclosing(task).noneMatch(ModelReader::isMultiInstance)
        ? List.of()
        : enclosing(task)
            .takeWhile(scope -> !isMultiInstance(scope))
            .skip(1)
            .map(scope -> scope.getAttribute("id"))
            .toList();
  }

  /** The element and the scopes around it, innermost first. */
  private static Stream<Element> enclosing(Element element) {
    return Stream.<Node>iterate(element, Objects::nonNull, Node::getParentNode)
        .filter(Element.class::isInstance)
        .map(Element.class::cast);
  }

  private static boolean isMultiInstance(Element scope) {
    NodeList children = scope.getChildNodes();
    return IntStream.range(0, children.getLength())
        .mapToObj(children::item)
        .anyMatch(child -> "multiInstanceLoopCharacteristics".equals(child.getLocalName()));
  }

  private static String attribute(Element element, String name) {
    return element.getAttributeNS(CAMUNDA, name);
  }

  private static Stream<Element> elements(Element root, String namespace, String name) {
    NodeList found = root.getElementsByTagNameNS(namespace, name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
  }

  private static Element document(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)))
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalArgumentException("The BPMN model cannot be parsed", e);
    }
  }

  private ModelReader() {}
}

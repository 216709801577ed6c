package fi.signspace.plugin.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PictureTest {

  private static final Pattern HASH = Pattern.compile("<metadata>\\S+ sha256:([0-9a-f]{64})<");

  static Stream<Model> models() throws IOException {
    return Model.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void the_picture_matches_the_model(Model model) throws Exception {
    Matcher shown = HASH.matcher(Files.readString(model.picture()));

    assertThat(shown.find()).isTrue();
    assertThat(shown.group(1))
        .as("%s is older than its model: npm run render in processes/.tools", model.picture())
        .isEqualTo(sha256(Files.readAllBytes(model.file())));
  }

  private static String sha256(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @ParameterizedTest
  @MethodSource("models")
  void every_element_and_every_flow_is_drawn(Model model) {
    assertThat(model.all(FlowNode.class))
        .allSatisfy(node -> assertThat(node.getDiagramElement()).as(node.getId()).isNotNull());
    assertThat(model.all(SequenceFlow.class))
        .allSatisfy(flow -> assertThat(flow.getDiagramElement()).as(flow.getId()).isNotNull());
  }

  @ParameterizedTest
  @MethodSource("models")
  void every_flow_runs_straight_across_or_straight_down(Model model) {
    assertThat(lines(model)).isNotEmpty().allMatch(line -> line.isAcross() || line.isDown());
  }

  @ParameterizedTest
  @MethodSource("models")
  void no_flow_crosses_another(Model model) {
    List<Line> lines = lines(model);
    List<String> crossings = new ArrayList<>();
    for (Line across : lines.stream().filter(Line::isAcross).toList()) {
      for (Line down : lines.stream().filter(Line::isDown).toList()) {
        if (across.crosses(down)) {
          crossings.add(across.flow() + " x " + down.flow());
        }
      }
    }

    assertThat(crossings).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("models")
  void no_flow_runs_through_an_element(Model model) {
    List<String> collisions = new ArrayList<>();
    for (BpmnShape shape : model.all(BpmnShape.class)) {
      if (shape.getBpmnElement() instanceof SubProcess) {
        continue; // its own flows run through it
      }
      lines(model).stream()
          .filter(line -> line.runsThrough(shape.getBounds()))
          .forEach(line -> collisions.add(line.flow() + " through " + shape.getId()));
    }

    assertThat(collisions).isEmpty();
  }

  private static List<Line> lines(Model model) {
    List<Line> lines = new ArrayList<>();
    for (SequenceFlow flow : model.all(SequenceFlow.class)) {
      List<Waypoint> points = List.copyOf(flow.getDiagramElement().getWaypoints());
      for (int i = 1; i < points.size(); i++) {
        lines.add(Line.between(flow.getId(), points.get(i - 1), points.get(i)));
      }
    }
    return lines;
  }

  /** One straight segment of a flow. */
  private record Line(String flow, double left, double top, double right, double bottom) {

    static Line between(String flow, Waypoint a, Waypoint b) {
      return new Line(
          flow,
          Math.min(a.getX(), b.getX()),
          Math.min(a.getY(), b.getY()),
          Math.max(a.getX(), b.getX()),
          Math.max(a.getY(), b.getY()));
    }

    boolean isAcross() {
      return top == bottom;
    }

    boolean isDown() {
      return left == right;
    }

    boolean crosses(Line down) {
      return left < down.left && down.left < right && down.top < top && top < down.bottom;
    }

    /** A flow touches the border of the elements that it connects. */
    boolean runsThrough(Bounds box) {
      return left < box.getX() + box.getWidth()
          && right > box.getX()
          && top < box.getY() + box.getHeight()
          && bottom > box.getY();
    }
  }
}

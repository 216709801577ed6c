package fi.signspace.plugin.api.batch;

import static java.util.stream.Collectors.toSet;

import fi.signspace.plugin.api.RequestMessages;
import fi.signspace.plugin.api.TaskPermissions;
import fi.signspace.plugin.api.batch.BatchView.Problem;
import fi.signspace.plugin.api.call.CallerPermissions;
import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.api.view.RequestQueries;
import fi.signspace.plugin.api.view.SignedZip;
import fi.signspace.plugin.api.view.SigningRequestView;
import fi.signspace.plugin.api.view.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the same with many requests, each in a transaction of its own and with the caller's rights.
 * Nothing is stored: what a call does not reach is returned for the next one.
 */
final class Batches {

  private static final Logger LOG = LoggerFactory.getLogger(Batches.class);

  /** A call takes some seconds at most. */
  private static final int AT_ONCE = 100;

  /** In a ZIP, for what is not in it. */
  private static final String LEFT_OUT = "left-out.txt";

  private final RequestQueries queries;
  private final RequestMessages messages;
  private final TaskService tasks;
  private final TaskPermissions rights;
  private final CallerPermissions caller;
  private final EngineTransactions engine;

  Batches(
      RequestQueries queries,
      RequestMessages messages,
      TaskService tasks,
      TaskPermissions rights,
      CallerPermissions caller,
      EngineTransactions engine) {
    this.queries = queries;
    this.messages = messages;
    this.tasks = tasks;
    this.rights = rights;
    this.caller = caller;
    this.engine = engine;
  }

  /** Acts on the first requests, or says what would be done with all. */
  BatchView act(BatchAction action, Selection wanted) {
    List<String> ids = wanted.resolve(queries);
    if (wanted.isPreview()) {
      return preview(ids, portion -> impossible(action, portion));
    }
    List<String> now = ids.subList(0, Math.min(AT_ONCE, ids.size()));
    List<Problem> problems = new ArrayList<>();
    Map<String, SigningRequestView> visible = queries.visible(now);
    for (String id : now) {
      try {
        action.act(messages, id);
      } catch (ProblemException e) {
        problems.add(problem(id, visible.get(id), e));
      } catch (AuthorizationException e) {
        problems.add(problem(id, visible.get(id), ProblemException.notPermitted()));
      } catch (RuntimeException e) {
        // the engine may fail in any way at an instance that another call ends
        LOG.warn(
            "[{}] {} failed for one of many requests; the caller is shown it as a problem",
            id,
            action.text(),
            e);
        problems.add(
            problem(
                id,
                visible.get(id),
                ProblemException.notPossible(
                    "The engine rejects it; try it with this one alone.")));
      }
    }
    return new BatchView(
        ids.size(),
        now.size() - problems.size(),
        problems,
        List.copyOf(ids.subList(now.size(), ids.size())));
  }

  /** Says which requests a ZIP would have. */
  BatchView previewDocuments(Selection wanted) {
    return preview(wanted.resolve(queries), this::unsigned);
  }

  /** Writes the signed documents of requests, and which requests have none. */
  void writeZip(List<String> ids, OutputStream out) throws IOException {
    SignedZip zip = new SignedZip(queries, out);
    StringBuilder leftOut = new StringBuilder();
    int number = 0;
    for (List<String> portion : portions(ids)) {
      Map<String, SigningRequestView> visible = queries.visible(portion);
      for (String id : portion) {
        number++;
        SigningRequestView view = visible.get(id);
        if (view == null || view.signedDocuments().isEmpty()) {
          Problem problem = problem(id, view, unsigned(id, view));
          leftOut.append("%s: %s%n".formatted(id, problem.detail()));
        } else {
          zip.add("%05d %s".formatted(number, SignedZip.safe(name(view))), view);
        }
      }
    }
    if (!leftOut.isEmpty()) {
      zip.add(
          LEFT_OUT, new ByteArrayInputStream(leftOut.toString().getBytes(StandardCharsets.UTF_8)));
    }
    zip.finish();
  }

  private static String name(SigningRequestView view) {
    return Stream.of(view.businessKey(), view.title(), view.id())
        .filter(text -> text != null && !text.isBlank())
        .findFirst()
        .orElseThrow();
  }

  /** What of a portion is left out. */
  private interface Check {
    List<Problem> of(List<String> portion);
  }

  private static BatchView preview(List<String> ids, Check check) {
    List<Problem> problems = new ArrayList<>();
    portions(ids).forEach(portion -> problems.addAll(check.of(portion)));
    Set<String> impossible = problems.stream().map(Problem::id).collect(toSet());
    return new BatchView(
        ids.size(), 0, problems, ids.stream().filter(id -> !impossible.contains(id)).toList());
  }

  private static List<List<String>> portions(List<String> ids) {
    return IntStream.iterate(0, from -> from < ids.size(), from -> from + AT_ONCE)
        .mapToObj(from -> ids.subList(from, Math.min(from + AT_ONCE, ids.size())))
        .toList();
  }

  private List<Problem> unsigned(List<String> portion) {
    Map<String, SigningRequestView> visible = queries.visible(portion);
    return portion.stream()
        .filter(id -> visible.get(id) == null || visible.get(id).signedDocuments().isEmpty())
        .map(id -> problem(id, visible.get(id), unsigned(id, visible.get(id))))
        .toList();
  }

  private static ProblemException unsigned(String id, @Nullable SigningRequestView view) {
    return view == null
        ? ProblemException.notFound(id)
        : ProblemException.notPossible(
            "The request is %s and has no signed documents.".formatted(view.status().text()));
  }

  private List<Problem> impossible(BatchAction action, List<String> portion) {
    Map<String, SigningRequestView> visible = queries.visible(portion);
    Supplier<List<Task>> query =
        () ->
            tasks
                .createTaskQuery()
                .processInstanceIdIn(portion.toArray(String[]::new))
                .taskDefinitionKeyIn(action.userTasks())
                .list();
    Set<String> open = instances(engine.withoutAuthorization(query).stream());
    Set<String> permitted =
        caller.mayUpdateRequests()
            ? open
            : instances(query.get().stream().filter(rights::mayComplete));
    List<Problem> problems = new ArrayList<>();
    for (String id : portion) {
      SigningRequestView view = visible.get(id);
      if (view == null) {
        problems.add(problem(id, null, ProblemException.notFound(id)));
      } else if (view.suspended()) {
        problems.add(problem(id, view, ProblemException.suspended("The request")));
      } else if (!open.contains(id)) {
        Status status = view.status();
        problems.add(problem(id, view, ProblemException.notPossible(status.text(), action.text())));
      } else if (!permitted.contains(id)) {
        problems.add(problem(id, view, ProblemException.notPermitted()));
      }
    }
    return problems;
  }

  private static Set<String> instances(Stream<Task> open) {
    return open.map(Task::getProcessInstanceId).collect(toSet());
  }

  private static Problem problem(
      String id, @Nullable SigningRequestView view, ProblemException failure) {
    return new Problem(
        id,
        view == null ? null : view.businessKey(),
        failure.status().value(),
        String.valueOf(failure.getMessage()));
  }
}

package fi.signspace.plugin.worker.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.worker.Failures;
import fi.signspace.plugin.worker.TestWorkers;
import fi.signspace.plugin.worker.state.States;
import fi.signspace.plugin.worker.state.TestStates;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.Outputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A request of two documents is signed only if the files that SignSpace lists include the signed
 * version of each: in every order, beside second versions and signing pages, and after a failure.
 */
class SignedFileListsTest {

  private static final SentDocument LEASE = TestStates.sent(1, "lease.pdf", "%PDF-1.7 lease%%EOF");
  private static final SentDocument ANNEX = TestStates.sent(2, "annex.pdf", "%PDF-1.7 annex%%EOF");

  private static final Map<String, String> NAMES =
      Map.of(
          "lease", "lease.pdf",
          "leaseAgain", "lease.pdf",
          "annex", "annex.pdf",
          "page", "signing-page.pdf",
          "audit", "audit-trail.pdf");

  /** SignSpace appends signatures to the sent document, or writes a new one with its name. */
  private enum Form {
    APPENDED,
    APPENDED_AND_RENAMED,
    APPENDED_WITHOUT_NAME,
    REWRITTEN,
    REWRITTEN_BESIDE_NAMELESS_PAGES;

    private Document signed(String fileId) {
      boolean isAppended = name().startsWith("APPENDED") && !isPage(fileId);
      String sent = fileId.equals("annex") ? "%PDF-1.7 annex%%EOF" : "%PDF-1.7 lease%%EOF";
      String content = isAppended ? sent + " signed " + fileId : "%PDF-1.7%%EOF new " + fileId;
      return new Document(name(fileId), "application/pdf", content.getBytes(UTF_8));
    }

    private static boolean isPage(String fileId) {
      return fileId.matches("page|audit");
    }

    private String name(String fileId) {
      return switch (this) {
        case APPENDED, REWRITTEN -> NAMES.getOrDefault(fileId, "");
        case APPENDED_AND_RENAMED -> "signed-" + NAMES.get(fileId);
        case APPENDED_WITHOUT_NAME -> "";
        case REWRITTEN_BESIDE_NAMELESS_PAGES ->
            isPage(fileId) ? "" : NAMES.getOrDefault(fileId, "");
      };
    }
  }

  /** Without a document, it would be unknown whether SignSpace keeps the names of files. */
  static Stream<List<String>> lists() {
    return permutations(List.of()).filter(list -> hasLease(list) || list.contains("annex"));
  }

  private static Stream<List<String>> permutations(List<String> begun) {
    return Stream.concat(
        Stream.of(begun),
        NAMES.keySet().stream()
            .filter(id -> !begun.contains(id))
            .sorted()
            .flatMap(id -> permutations(Stream.concat(begun.stream(), Stream.of(id)).toList())));
  }

  private static boolean hasLease(List<String> list) {
    return list.contains("lease") || list.contains("leaseAgain");
  }

  @ParameterizedTest
  @MethodSource("lists")
  void a_request_is_signed_only_with_every_document(List<String> listed) {
    for (Form form : Form.values()) {
      for (int failing = 0; failing <= mostFailing(listed); failing++) {
        List<GivenTask> runs = runs(listed, form, failing);
        String phase = phaseAfter(runs);
        List<String> saved = runs.stream().flatMap(run -> run.savedFiles().stream()).toList();

        if (hasLease(listed) && listed.contains("annex")) {
          assertThat(phase).isEqualTo("signed");
          assertThat(saved)
              .anyMatch(file -> file.startsWith("signedDocument1 = lease.pdf: "))
              .anyMatch(file -> file.startsWith("signedDocument2 = annex.pdf: "))
              .anyMatch(file -> file.startsWith("signingEvidence"));
        } else {
          assertThat(phase).as("%s, %s, failing %s", listed, form, failing).isNotEqualTo("signed");
          assertThat(saved).noneMatch(file -> file.startsWith("signingEvidence"));
        }
      }
    }
  }

  /** Where a run is interrupted does not depend on the length of the list. */
  private static int mostFailing(List<String> listed) {
    return listed.size() > 3 ? 0 : Math.min(2, listed.size());
  }

  private final List<Outputs> results = new ArrayList<>();

  private String phaseAfter(List<GivenTask> runs) {
    assertThat(runs).isNotEmpty();
    return String.valueOf(results.get(results.size() - 1).toMap().get("signingPhase"));
  }

  /**
   * @param failing the download that fails at first; 0 for none
   */
  private List<GivenTask> runs(List<String> listed, Form form, int failing) {
    TestWorkers workers = new TestWorkers();
    AtomicInteger downloads = new AtomicInteger();
    when(workers.signSpace.getRequests(List.of(States.ID)))
        .thenReturn(List.of(States.complete(List.of(LEASE.fileId(), ANNEX.fileId()), listed)));
    when(workers.signSpace.downloadDocument(anyString()))
        .then(
            call -> {
              if (downloads.incrementAndGet() == failing) {
                throw Failures.notDone();
              }
              return form.signed(call.getArgument(0));
            });
    GivenTask first = task().state(TestStates.requested(States.ID, List.of(LEASE, ANNEX), null));
    if (failing == 0 || listed.size() < 2) {
      results.add(workers.download().work(first.taken()));
      return List.of(first);
    }
    assertThatThrownBy(() -> workers.download().work(first.taken())).isNotNull();
    GivenTask second =
        first.saved().isEmpty()
            ? task().state(TestStates.requested(States.ID, List.of(LEASE, ANNEX), null))
            : task().with(first.saved().get(first.saved().size() - 1));
    results.add(workers.download().work(second.taken()));
    return List.of(first, second);
  }

  private static GivenTask task() {
    return new GivenTask().property("signspace.followsPhase", "true");
  }
}

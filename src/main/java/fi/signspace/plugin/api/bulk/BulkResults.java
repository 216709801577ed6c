package fi.signspace.plugin.api.bulk;

import static java.util.stream.Collectors.toSet;

import fi.signspace.plugin.api.bulk.SealedRows.SealedRow;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.api.view.RequestQueries;
import fi.signspace.plugin.api.view.SignedZip;
import fi.signspace.plugin.api.view.SigningRequestView;
import fi.signspace.plugin.bulk.CellText;
import fi.signspace.plugin.signing.text.Handles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/** Writes what became of the rows of a list, one part of the list after the other. */
final class BulkResults {

  /** So that spreadsheet programs read UTF-8. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  static final String ID = "result.id";

  /** A list with these columns can be uploaded again: they are not read. */
  private static final List<String> RESULT =
      List.of(
          ID,
          "result.status",
          "result.signingRequestId",
          "result.startedAt",
          "result.endedAt",
          "result.problem");

  private static final String OTHER_UPLOAD =
      "This row was not sent: another upload of the list has sent its key, possibly with other people and documents.";

  private static final String CORRECTED =
      "This request was corrected since, and may have other people and documents than this row: see what has happened to it.";

  private static final String REMOVED = "The history of this request has been removed.";

  private final BulkStore store;
  private final BulkAccess access;
  private final BulkRequests requests;
  private final RequestQueries files;

  BulkResults(BulkStore store, BulkAccess access, BulkRequests requests, RequestQueries files) {
    this.store = store;
    this.access = access;
    this.requests = requests;
    this.files = files;
  }

  /**
   * Checks that the caller may read the results, before anything is written.
   *
   * @throws ProblemException if there is no such list, or the caller may not see it
   */
  void require(String id) {
    access.requireSee();
    store.instance(id);
  }

  void writeCsv(String id, OutputStream out) {
    SealedRows first = store.part(id, 1);
    List<String> columns =
        first.columns().stream()
            .filter(name -> !name.isEmpty() && !name.startsWith("result."))
            .toList();
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(first.delimiter().charAt(0))
            // a program that expects another delimiter must not split a cell
            .setQuoteMode(QuoteMode.ALL)
            .get();
    try {
      Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      writer.write(BYTE_ORDER_MARK);
      CSVPrinter printer = format.print(writer);
      printer.printRecord(Stream.concat(columns.stream(), RESULT.stream()).toList());
      store.parts(id).forEach(part -> print(part, columns, printer));
      printer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void writeZip(String id, OutputStream out) {
    try {
      SignedZip zip = new SignedZip(files, out);
      store.parts(id).forEach(part -> add(part, zip));
      zip.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(SealedRows part, SignedZip zip) {
    Results results = results(part);
    for (SealedRow row : part.rows()) {
      results
          .own(row)
          .ifPresent(
              view ->
                  zip.add("row %05d %s".formatted(row.number(), SignedZip.safe(row.key())), view));
    }
  }

  private void print(SealedRows part, List<String> columns, CSVPrinter printer) {
    Results results = results(part);
    for (SealedRow row : part.rows()) {
      List<String> cells = new ArrayList<>();
      columns.forEach(column -> cells.add(row.cells().getOrDefault(column, "")));
      cells.addAll(results.cells(row));
      try {
        printer.printRecord(cells.stream().map(CellText::neutralised).toList());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Results results(SealedRows part) {
    int started = store.rowsStarted(part.bulk()) - (part.number() - 1) * SealedRows.SIZE;
    Map<String, SigningRequestView> views =
        requests.ofList(part.list(), part.rows().stream().map(SealedRow::key).toList()).stream()
            .collect(
                Collectors.toMap(
                    view -> String.valueOf(view.businessKey()),
                    Function.identity(),
                    // an administrator may have restarted a row that had ended
                    BinaryOperator.maxBy(Comparator.comparing(SigningRequestView::startedAt))));
    Set<String> own =
        requests.startedBy(
            part.bulk(), views.values().stream().map(SigningRequestView::id).toList());
    return new Results(
        views,
        own,
        requests.corrected(own),
        part.rows().stream().limit(Math.max(0, started)).map(SealedRow::key).collect(toSet()));
  }

  /**
   * What became of the rows of a part.
   *
   * @param requests of the list, by key
   * @param own the ids of those that this upload has started, and no other one of the list
   * @param corrected the ids of those that were corrected after they were started
   * @param started the keys of the rows that were started
   */
  private record Results(
      Map<String, SigningRequestView> requests,
      Set<String> own,
      Set<String> corrected,
      Set<String> started) {

    Optional<SigningRequestView> own(SealedRow row) {
      return Optional.ofNullable(requests.get(row.key())).filter(view -> own.contains(view.id()));
    }

    List<String> cells(SealedRow row) {
      SigningRequestView view = requests.get(row.key());
      if (view == null) {
        return started.contains(row.key())
            ? List.of("", "removed", "", "", "", REMOVED)
            : List.of("", "notStarted", "", "", "", "");
      }
      return own(row)
          .map(
              own ->
                  List.of(
                      own.id(),
                      own.status().text(),
                      text(own.signingRequestId()),
                      own.startedAt().toString(),
                      text(own.endedAt()),
                      problem(row, own)))
          .orElseGet(() -> List.of(view.id(), "otherUpload", "", "", "", OTHER_UPLOAD));
    }

    private String problem(SealedRow row, SigningRequestView own) {
      return corrected.contains(own.id()) || hasOtherSigners(row, own)
          ? Stream.of(text(own.problem()), CORRECTED)
              .filter(problem -> !problem.isEmpty())
              .collect(Collectors.joining("\n"))
          : text(own.problem());
    }

    /** Those who may write variables can change them before the request is sent. */
    private static boolean hasOtherSigners(SealedRow row, SigningRequestView own) {
      Set<String> sealed = row.signers().collect(toSet());
      return own.signers()
          .filter(those -> !sealed.equals(those.stream().map(Handles::key).collect(toSet())))
          .isPresent();
    }

    private static String text(@Nullable Object value) {
      return Optional.ofNullable(value).map(Objects::toString).orElse("");
    }
  }
}

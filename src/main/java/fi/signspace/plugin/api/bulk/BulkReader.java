package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.bulk.SealedRows.SealedDocument;
import fi.signspace.plugin.api.bulk.SealedRows.SealedRow;
import fi.signspace.plugin.api.bulk.upload.BulkForm;
import fi.signspace.plugin.api.bulk.upload.UploadedDocuments;
import fi.signspace.plugin.api.call.InvalidInputException;
import fi.signspace.plugin.api.start.NewDocument;
import fi.signspace.plugin.api.start.RequestReader;
import fi.signspace.plugin.bulk.ListError;
import fi.signspace.plugin.bulk.ListReader;
import fi.signspace.plugin.bulk.ListRow;
import fi.signspace.plugin.bulk.ReadList;
import fi.signspace.plugin.encryption.NinCipher;
import fi.signspace.plugin.signing.input.FieldError;
import fi.signspace.plugin.signing.input.RequestValidator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Parses a form with a list and its documents; each row is validated like a single request. */
final class BulkReader {

  /** How much larger a workbook may be when it is unpacked. */
  private static final int UNPACKED = 10;

  private final RequestReader requests;
  private final UnsentRows unsent;
  private final BulkProperties limits;

  BulkReader(RequestReader requests, UnsentRows unsent, BulkProperties limits) {
    this.requests = requests;
    this.unsent = unsent;
    this.limits = limits;
  }

  UploadedDocuments documents(MultipartHttpServletRequest form) {
    return UploadedDocuments.of(form, limits.maxDocumentsSize().toBytes(), limits.maxRows());
  }

  /**
   * Reads a list.
   *
   * @throws InvalidInputException if the form is wrong
   * @throws InvalidListException if a row is wrong, unless the caller wants to send the others
   */
  NewBulk read(MultipartHttpServletRequest form, UploadedDocuments documents) {
    BulkForm upload = BulkForm.of(form, limits.maxSize());
    ReadList list =
        new ListReader(limits.maxRows(), limits.maxSize().toBytes() * UNPACKED)
            .read(upload.content(), upload.delimiter(), upload.ignoredColumns());
    List<ListError> errors = new ArrayList<>(list.errors());
    List<ListError> ofUpload = problems(documents);
    if (upload.list() == null && list.columns().contains(BulkResults.ID)) {
      ofUpload.add(
          new ListError(
              1,
              BulkResults.ID,
              "",
              "This is the result of an earlier list; name that list in options.list, so that only"
                  + " rows that were not sent are sent. Or delete the column."));
    }
    errors.addAll(ofUpload);
    boolean isUsable = list.isUsable() && ofUpload.isEmpty();
    List<SealedRow> rows = new ArrayList<>();
    Set<Integer> wrong = errors.stream().map(ListError::row).collect(Collectors.toSet());
    for (ListRow row : list.rows()) {
      int before = errors.size();
      SealedRow sealed = row(row, documents, errors);
      if (errors.size() == before && !wrong.contains(row.number())) {
        rows.add(sealed);
      }
    }
    if (!errors.isEmpty() && (!isUsable || !upload.sendsValidRows() || rows.isEmpty())) {
      if (upload.list() == null && !upload.repeatsKeys()) {
        errors.addAll(unsent.sentKeys(rows));
      }
      throw new InvalidListException(errors);
    }
    return new NewBulk(
        upload.list(),
        upload.isPreview(),
        upload.trial(),
        upload.approved(),
        upload.repeatsKeys(),
        String.valueOf(list.delimiter()),
        list.columns(),
        rows,
        documents.all(),
        documents.all().stream().map(BulkReader::sealed).toList(),
        errors);
  }

  private static SealedDocument sealed(NewDocument document) {
    return new SealedDocument(document.variableName(), document.fileName(), document.sha256());
  }

  /** A ZIP may have more documents than a request. */
  private List<ListError> problems(UploadedDocuments documents) {
    List<ListError> errors = new ArrayList<>(documents.errors());
    List<NewDocument> all = documents.all();
    for (int from = 0; from == 0 || from < all.size(); from += RequestValidator.MAX_DOCUMENTS) {
      List<NewDocument> some =
          all.subList(from, Math.min(from + RequestValidator.MAX_DOCUMENTS, all.size()));
      if (errors.isEmpty() || !some.isEmpty()) {
        requests
            .problems(some)
            .forEach(error -> errors.add(ListError.ofUpload(error.field(), error.message())));
      }
    }
    return errors;
  }

  private SealedRow row(ListRow row, UploadedDocuments documents, List<ListError> errors) {
    boolean hasPlainCode = false;
    for (String participant : row.participants()) {
      String column = participant + "Nin";
      String nin = row.cells().getOrDefault(column, "");
      if (!nin.isEmpty() && !NinCipher.isEncrypted(nin)) {
        hasPlainCode = true;
        errors.add(
            row.error(
                column,
                "The identity code is not encrypted; encrypt it as JWE with the key at /api/keys."));
      }
    }
    List<Integer> places = places(row, documents, errors);
    List<FieldError> problems = new ArrayList<>();
    Map<String, Object> variables = requests.validated(row.values(), problems);
    for (FieldError problem : problems) {
      ListError error = row.error(problem);
      if (!hasPlainCode || !error.column().endsWith("Nin")) {
        errors.add(error);
      }
    }
    return new SealedRow(row.number(), row.key(), variables, places, row.cells());
  }

  private static List<Integer> places(
      ListRow row, UploadedDocuments documents, List<ListError> errors) {
    if (row.documents().isEmpty()) {
      if (documents.all().size() > RequestValidator.MAX_DOCUMENTS) {
        errors.add(
            row.error(
                "document",
                "The row names no document, and %s were uploaded; a request has at most %s."
                    .formatted(documents.all().size(), RequestValidator.MAX_DOCUMENTS)));
      }
      return IntStream.range(0, documents.all().size()).boxed().toList();
    }
    Set<Integer> places = new LinkedHashSet<>();
    for (String name : row.documents()) {
      List<Integer> found = documents.named(name);
      if (found.size() == 1) {
        places.add(found.get(0));
      } else {
        errors.add(
            row.error(
                "document",
                found.isEmpty()
                    ? "No file %s was uploaded; there are %s.".formatted(name, documents.names())
                    : "Several files have the name %s; rename them.".formatted(name)));
      }
    }
    return List.copyOf(places);
  }
}

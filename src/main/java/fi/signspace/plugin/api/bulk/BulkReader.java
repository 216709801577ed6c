package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.InvalidInputException;
import fi.signspace.plugin.api.NewDocument;
import fi.signspace.plugin.api.ProblemException;
import fi.signspace.plugin.api.RequestFieldNames;
import fi.signspace.plugin.api.RequestReader;
import fi.signspace.plugin.api.bulk.SealedRows.SealedDocument;
import fi.signspace.plugin.api.bulk.SealedRows.SealedRow;
import fi.signspace.plugin.bulk.ListError;
import fi.signspace.plugin.bulk.ListReader;
import fi.signspace.plugin.bulk.ListRow;
import fi.signspace.plugin.bulk.ReadList;
import fi.signspace.plugin.encryption.NinCipher;
import fi.signspace.plugin.signing.FieldError;
import fi.signspace.plugin.signing.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Parses a form with a list and its documents; each row is validated like a single request. */
final class BulkReader {

  private static final String LIST = "list";
  private static final String DOCUMENTS = "documents";
  private static final String OPTIONS = "options";
  private static final List<String> KNOWN_OPTIONS =
      List.of("sendValidRows", "delimiter", "list", "ignoredColumns");

  private final RequestReader requests;
  private final BulkProperties limits;

  /**
   * @param list the id of the list that this one corrects
   */
  private record Options(
      boolean sendsValidRows,
      @Nullable String delimiter,
      @Nullable String list,
      Set<String> ignoredColumns) {}

  BulkReader(RequestReader requests, BulkProperties limits) {
    this.requests = requests;
    this.limits = limits;
  }

  /**
   * Reads a list.
   *
   * @throws InvalidInputException if the form is wrong
   * @throws InvalidListException if a row is wrong, unless the caller wants to send the others
   */
  NewBulk read(MultipartHttpServletRequest form) {
    Set<String> parts = new LinkedHashSet<>(List.of(LIST, DOCUMENTS, OPTIONS));
    InvalidInputException.throwIfAny(RequestReader.formProblems(form, parts));
    Options options = options(RequestReader.json(form, OPTIONS).orElse(Map.of()));
    List<NewDocument> documents = RequestReader.documents(form);
    ReadList list =
        new ListReader(limits.maxRows())
            .read(content(form), options.delimiter(), options.ignoredColumns());
    List<ListError> errors = new ArrayList<>(list.errors());
    boolean isUsable = list.isUsable();
    for (FieldError problem : requests.problems(documents)) {
      errors.add(ListError.ofUpload(problem.field(), problem.message()));
      isUsable = false;
    }
    for (NewDocument document : documents) {
      if (isZip(document)) {
        errors.add(
            ListError.ofUpload(
                DOCUMENTS, "A ZIP is not unpacked; send its files as parts named documents."));
        isUsable = false;
      }
    }
    List<SealedRow> rows = new ArrayList<>();
    Set<Integer> wrong = errors.stream().map(ListError::row).collect(Collectors.toSet());
    for (ListRow row : list.rows()) {
      int before = errors.size();
      SealedRow sealed = row(row, documents, errors);
      if (errors.size() == before && !wrong.contains(row.number())) {
        rows.add(sealed);
      }
    }
    if (!errors.isEmpty() && (!isUsable || !options.sendsValidRows() || rows.isEmpty())) {
      throw new InvalidListException(errors);
    }
    return new NewBulk(
        options.list(),
        String.valueOf(list.delimiter()),
        list.columns(),
        rows,
        documents,
        documents.stream().map(BulkReader::sealed).toList(),
        errors);
  }

  private static SealedDocument sealed(NewDocument document) {
    return new SealedDocument(document.variableName(), document.fileName(), document.sha256());
  }

  private static boolean isZip(NewDocument document) {
    try (InputStream content = document.open()) {
      byte[] beginning = content.readNBytes(2);
      return beginning.length == 2
          && beginning[0] == 'P'
          && beginning[1] == 'K'
          && document
              .fileName()
              .regionMatches(true, document.fileName().length() - 4, ".zip", 0, 4);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SealedRow row(ListRow row, List<NewDocument> documents, List<ListError> errors) {
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
      ListRow row, List<NewDocument> documents, List<ListError> errors) {
    if (row.documents().isEmpty()) {
      return IntStream.range(0, documents.size()).boxed().toList();
    }
    Set<Integer> places = new LinkedHashSet<>();
    for (String name : row.documents()) {
      List<Integer> found = named(name, documents);
      if (found.size() == 1) {
        places.add(found.get(0));
      } else {
        String all =
            documents.stream()
                .map(NewDocument::fileName)
                .limit(10)
                .collect(Collectors.joining(", "));
        errors.add(
            row.error(
                "document",
                found.isEmpty()
                    ? "No file %s was uploaded; there are %s.".formatted(name, all)
                    : "Several files have the name %s; rename them.".formatted(name)));
      }
    }
    return List.copyOf(places);
  }

  /** The same name, composed or not; else the same name in another case. */
  private static List<Integer> named(String name, List<NewDocument> documents) {
    String wanted = FileNames.normalized(name);
    List<Integer> same =
        IntStream.range(0, documents.size())
            .filter(i -> FileNames.normalized(documents.get(i).fileName()).equals(wanted))
            .boxed()
            .toList();
    return same.isEmpty()
        ? IntStream.range(0, documents.size())
            .filter(i -> FileNames.normalized(documents.get(i).fileName()).equalsIgnoreCase(wanted))
            .boxed()
            .toList()
        : same;
  }

  private byte[] content(MultipartHttpServletRequest form) {
    List<MultipartFile> files = form.getFiles(LIST);
    if (files.size() != 1) {
      throw new InvalidInputException(
          List.of(new FieldError(LIST, "Send the list as one file, in the part list.")));
    }
    if (files.get(0).getSize() > limits.maxSize().toBytes()) {
      throw new ProblemException(
          HttpStatus.PAYLOAD_TOO_LARGE,
          "Too large",
          "The list has more than %s MB; send it in parts."
              .formatted(limits.maxSize().toMegabytes()));
    }
    try {
      return files.get(0).getBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Options options(Map<String, Object> values) {
    List<FieldError> problems = new ArrayList<>();
    for (String name : values.keySet()) {
      if (!KNOWN_OPTIONS.contains(name)) {
        problems.add(RequestFieldNames.unknown(name, KNOWN_OPTIONS));
      }
    }
    boolean sendsValidRows =
        value(values, "sendValidRows", Boolean.class, "true or false", problems).orElse(false);
    Optional<String> delimiter =
        value(values, "delimiter", String.class, "; or , or a tab", problems);
    if (delimiter.filter(mark -> !ListReader.DELIMITERS.contains(mark)).isPresent()) {
      problems.add(new FieldError("delimiter", "The delimiter must be ; or , or a tab."));
    }
    Optional<String> list = value(values, "list", String.class, "the id of a list", problems);
    Set<String> ignored = new HashSet<>();
    value(values, "ignoredColumns", Collection.class, "an array of names", problems)
        .ifPresent(
            names -> ((Collection<?>) names).forEach(name -> ignored.add(String.valueOf(name))));
    InvalidInputException.throwIfAny(problems);
    return new Options(sendsValidRows, delimiter.orElse(null), list.orElse(null), ignored);
  }

  private static <T> Optional<T> value(
      Map<String, Object> values,
      String name,
      Class<T> type,
      String expected,
      List<FieldError> problems) {
    Object value = values.get(name);
    if (value != null && !type.isInstance(value)) {
      problems.add(new FieldError(name, "%s must be %s.".formatted(name, expected)));
    }
    return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
  }
}

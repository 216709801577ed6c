package fi.signspace.plugin.api.bulk.upload;

import fi.signspace.plugin.api.call.InvalidInputException;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.api.start.RequestFieldNames;
import fi.signspace.plugin.api.start.RequestReader;
import fi.signspace.plugin.bulk.ListReader;
import fi.signspace.plugin.signing.input.FieldError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/**
 * The parts of an upload other than the documents.
 *
 * @param sendsValidRows whether valid rows are sent although others are wrong
 * @param isPreview whether the list is only validated
 * @param repeatsKeys whether keys of other lists are sent again
 * @param approved what the preview of the list returned; null if there was none
 * @param delimiter null if it is to be detected
 * @param list the id of the list that this one corrects; null if it is new
 * @param trial the number of the row that only its sender gets; null to send the list
 */
public record BulkForm(
    MultipartFile file,
    boolean sendsValidRows,
    boolean isPreview,
    boolean repeatsKeys,
    @Nullable String approved,
    @Nullable String delimiter,
    @Nullable String list,
    @Nullable Integer trial,
    Set<String> ignoredColumns) {

  private static final String LIST = "list";
  private static final String OPTIONS = "options";
  private static final List<String> KNOWN_OPTIONS =
      List.of(
          "sendValidRows",
          "delimiter",
          "list",
          "ignoredColumns",
          "preview",
          "approved",
          "repeatKeys",
          "trial");

  /**
   * @throws InvalidInputException if a part or an option is wrong
   */
  public static BulkForm of(MultipartHttpServletRequest form, DataSize maxSize) {
    Set<String> parts = new LinkedHashSet<>(List.of(LIST, "documents", OPTIONS));
    InvalidInputException.throwIfAny(RequestReader.formProblems(form, parts));
    Map<String, Object> values = RequestReader.json(form, OPTIONS).orElse(Map.of());
    List<FieldError> problems = new ArrayList<>();
    for (String name : values.keySet()) {
      if (!KNOWN_OPTIONS.contains(name)) {
        problems.add(RequestFieldNames.unknown(name, KNOWN_OPTIONS));
      }
    }
    boolean sendsValidRows = flag(values, "sendValidRows", problems);
    boolean isPreview = flag(values, "preview", problems);
    boolean repeatsKeys = flag(values, "repeatKeys", problems);
    Optional<String> approved =
        value(values, "approved", String.class, "what the preview returned", problems);
    Optional<String> delimiter =
        value(values, "delimiter", String.class, "; or , or a tab", problems);
    if (delimiter.filter(mark -> !ListReader.DELIMITERS.contains(mark)).isPresent()) {
      problems.add(new FieldError("delimiter", "The delimiter must be ; or , or a tab."));
    }
    Optional<String> list = value(values, "list", String.class, "the id of a list", problems);
    Optional<Integer> trial =
        value(values, "trial", Integer.class, "the number of a row", problems);
    Set<String> ignored = new HashSet<>();
    value(values, "ignoredColumns", Collection.class, "an array of names", problems)
        .ifPresent(
            names -> ((Collection<?>) names).forEach(name -> ignored.add(String.valueOf(name))));
    InvalidInputException.throwIfAny(problems);
    return new BulkForm(
        file(form, maxSize),
        sendsValidRows,
        isPreview,
        repeatsKeys,
        approved.orElse(null),
        delimiter.orElse(null),
        list.orElse(null),
        trial.orElse(null),
        ignored);
  }

  private static MultipartFile file(MultipartHttpServletRequest form, DataSize maxSize) {
    List<MultipartFile> files = form.getFiles(LIST);
    if (files.size() != 1) {
      throw new InvalidInputException(
          List.of(new FieldError(LIST, "Send the list as one file, in the part list.")));
    }
    if (files.get(0).getSize() > maxSize.toBytes()) {
      throw new ProblemException(
          HttpStatus.PAYLOAD_TOO_LARGE,
          "Too large",
          "The list has more than %s MB; send it in parts.".formatted(maxSize.toMegabytes()));
    }
    return files.get(0);
  }

  public byte[] content() {
    try {
      return file.getBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean flag(Map<String, Object> values, String name, List<FieldError> problems) {
    return value(values, name, Boolean.class, "true or false", problems).orElse(false);
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

package fi.signspace.plugin.api.start;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fi.signspace.plugin.api.call.InvalidInputException;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.http.JsonErrors;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.input.FieldError;
import fi.signspace.plugin.signing.input.RequestValidator;
import fi.signspace.plugin.signing.input.Validation;
import fi.signspace.plugin.signing.text.TextRules;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/**
 * Parses a form with a JSON part and files. The domain's rules apply, plus one that only the reader
 * can check: no misspelled name is silently ignored.
 */
public final class RequestReader {

  private static final String REQUEST = "request";
  private static final String DOCUMENTS = "documents";
  private static final String BUSINESS_KEY = "businessKey";
  private static final String TENANT_ID = "tenantId";

  private static final List<String> KNOWN =
      Stream.concat(Stream.of(BUSINESS_KEY, TENANT_ID), SigningVariables.START.stream()).toList();

  /** Valid values of the mandatory fields, where a correction leaves them as they are. */
  private static final Map<String, Object> ANY_REQUEST =
      Map.of(
          "title",
          "Any",
          "participants",
          List.of(Map.of("handle", "anyone@example.com", "role", "signer")));

  private static final long MAX_JSON = 1024L * 1024;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final RequestValidator validator;
  private final NinEncryption codes;

  RequestReader(RequestValidator validator, NinEncryption codes) {
    this.validator = validator;
    this.codes = codes;
  }

  /**
   * Reads a complete request.
   *
   * @throws InvalidInputException if anything is invalid; lists all errors
   */
  public NewRequest read(MultipartHttpServletRequest form) {
    List<FieldError> problems = new ArrayList<>(formProblems(form, Set.of(REQUEST, DOCUMENTS)));
    List<NewDocument> documents = documents(form);
    Map<String, Object> values =
        json(form, REQUEST)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        List.of(
                            new FieldError(
                                REQUEST,
                                "The part request is missing: a JSON object with title, participants …"))));
    Object businessKey = stripped(values.remove(BUSINESS_KEY));
    checkKey(BUSINESS_KEY, "business key", businessKey, problems);
    Object tenantId = stripped(values.remove(TENANT_ID));
    checkKey(TENANT_ID, "tenant id", tenantId, problems);
    values.keySet().forEach(name -> checkName(name, KNOWN, problems));
    problems.addAll(
        asParts(
            problems(
                validator.validate(
                    codes.decrypt(values, problems),
                    documents.stream().map(NewDocument::metadata).toList()))));
    Map<String, Object> variables = storable(values, problems);
    return new NewRequest((String) businessKey, (String) tenantId, values, variables, documents);
  }

  /**
   * Reads the fields of an existing request that change, and its new documents if they do. Only
   * these are validated; the worker validates the whole corrected request.
   *
   * @throws InvalidInputException if anything is invalid; lists all errors
   */
  public Correction readCorrection(MultipartHttpServletRequest form) {
    List<FieldError> problems = new ArrayList<>(formProblems(form, Set.of(REQUEST, DOCUMENTS)));
    List<NewDocument> documents = documents(form);
    Map<String, Object> values = json(form, REQUEST).orElseGet(LinkedHashMap::new);
    values.keySet().forEach(name -> checkName(name, SigningVariables.START, problems));
    Map<String, Object> whole = new LinkedHashMap<>(ANY_REQUEST);
    whole.putAll(values);
    Validation validation =
        documents.isEmpty()
            ? validator.validate(codes.decrypt(whole, problems))
            : validator.validate(
                codes.decrypt(whole, problems),
                documents.stream().map(NewDocument::metadata).toList());
    problems.addAll(asParts(problems(validation)));
    return new Correction(storable(values, problems), documents);
  }

  /** Encrypts valid values. */
  private Map<String, Object> storable(Map<String, Object> values, List<FieldError> problems) {
    InvalidInputException.throwIfAny(problems);
    Map<String, Object> variables = codes.encrypt(values, problems);
    InvalidInputException.throwIfAny(problems);
    return variables;
  }

  /**
   * What changes before a request is sent again.
   *
   * @param variables ready to be stored
   * @param documents all new documents; empty if they stay as they are
   */
  public record Correction(Map<String, Object> variables, List<NewDocument> documents) {

    /** The names of the parts that are given. */
    public Set<String> fields() {
      Set<String> fields = new HashSet<>(variables.keySet());
      if (!documents.isEmpty()) {
        fields.add(DOCUMENTS);
      }
      return fields;
    }
  }

  private static List<FieldError> problems(Validation validation) {
    return validation instanceof Validation.Invalid invalid ? invalid.problems() : List.of();
  }

  /**
   * Validates everything but the documents.
   *
   * @param problems receives all errors
   * @return the values, ready to be stored unless there are errors
   */
  public Map<String, Object> validated(Map<String, Object> values, List<FieldError> problems) {
    problems.addAll(problems(validator.validate(codes.decrypt(values, problems))));
    return problems.isEmpty() ? codes.encrypt(values, problems) : values;
  }

  /** Returns what is wrong with the documents of a form. */
  public List<FieldError> problems(List<NewDocument> documents) {
    return asParts(
        validator.validateDocuments(documents.stream().map(NewDocument::metadata).toList()));
  }

  /** Reads new documents for an existing request. */
  public List<NewDocument> readDocuments(MultipartHttpServletRequest form) {
    List<FieldError> problems = new ArrayList<>(formProblems(form, Set.of(DOCUMENTS)));
    List<NewDocument> documents = documents(form);
    problems.addAll(problems(documents));
    InvalidInputException.throwIfAny(problems);
    return documents;
  }

  /** In a form, documents have no variable names. */
  private static List<FieldError> asParts(List<FieldError> problems) {
    return problems.stream()
        .map(
            problem ->
                problem.field().equals(NewDocument.PREFIX)
                    ? new FieldError(
                        problem.field(),
                        "There is no document to sign; send at least one file, each as a part"
                            + " named documents.")
                    : problem)
        .toList();
  }

  public static List<NewDocument> documents(MultipartHttpServletRequest form) {
    List<MultipartFile> files = form.getFiles(DOCUMENTS);
    if (files.size() > RequestValidator.MAX_DOCUMENTS) {
      throw ProblemException.tooManyDocuments();
    }
    List<NewDocument> documents = new ArrayList<>();
    for (MultipartFile file : files) {
      documents.add(
          new NewDocument(NewDocument.PREFIX + (documents.size() + 1), UploadedFile.of(file)));
    }
    return documents;
  }

  /** Checks the form itself, regardless of the content of its parts. */
  public static List<FieldError> formProblems(MultipartHttpServletRequest form, Set<String> known) {
    Set<String> names = new TreeSet<>(form.getMultiFileMap().keySet());
    names.addAll(form.getParameterMap().keySet());
    names.removeAll(known);
    List<FieldError> problems = new ArrayList<>();
    for (String name : names) {
      problems.add(
          new FieldError(
              RequestFieldNames.shown(name),
              "This part is unknown; known parts are " + String.join(", ", known) + "."));
    }
    int requests =
        form.getFiles(REQUEST).size()
            + form.getParameterMap().getOrDefault(REQUEST, new String[0]).length;
    if (requests > 1) {
      problems.add(
          new FieldError(REQUEST, "Send the part request once, not %s times.".formatted(requests)));
    }
    if (form.getParameterMap().containsKey(DOCUMENTS)) {
      problems.add(new FieldError(DOCUMENTS, "Send a document as a file, with a file name."));
    }
    return problems;
  }

  /** Returns the JSON object in a part; empty if there is no such part. */
  public static Optional<Map<String, Object>> json(MultipartHttpServletRequest form, String name) {
    try {
      Part part = form.getPart(name);
      if (part == null) {
        return Optional.empty();
      }
      if (part.getSize() > MAX_JSON) {
        throw new ProblemException(
            HttpStatus.PAYLOAD_TOO_LARGE,
            "Too large",
            "The part %s has more than 1 MB; send documents as separate parts.".formatted(name));
      }
      try (InputStream content = part.getInputStream()) {
        return Optional.of(withoutNulls(JSON.readValue(content, new TypeReference<>() {})));
      }
    } catch (JsonProcessingException | CharConversionException e) {
      String place = e instanceof JsonProcessingException json ? JsonErrors.place(json) : "";
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "Not a JSON object",
          "The part %s is not a JSON object with every name once%s.".formatted(name, place));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ServletException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> withoutNulls(@Nullable Map<String, @Nullable Object> values) {
    Map<String, Object> given = new LinkedHashMap<>();
    if (values != null) {
      values.forEach(
          (name, value) -> {
            if (value != null) {
              given.put(name, value);
            }
          });
    }
    return given;
  }

  private static @Nullable Object stripped(@Nullable Object key) {
    return key instanceof String text ? TextRules.stripped(text) : key;
  }

  /** The engine's columns for both have the same length. */
  private static void checkKey(
      String field, String name, @Nullable Object value, List<FieldError> problems) {
    if (value instanceof String key) {
      TextRules.keyProblem(name, key)
          .ifPresent(problem -> problems.add(new FieldError(field, problem)));
    } else if (value != null) {
      problems.add(new FieldError(field, "The %s must be text, or be left out.".formatted(name)));
    }
  }

  private static void checkName(String name, List<String> known, List<FieldError> problems) {
    if (!SigningVariables.START.contains(name)) {
      problems.add(RequestFieldNames.unknown(name, known));
    }
  }
}

package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.bulk.SealedRows.SealedRow;
import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.call.InvalidInputException;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.api.call.UserAddresses;
import fi.signspace.plugin.api.start.NewDocument;
import fi.signspace.plugin.api.start.NewRequest;
import fi.signspace.plugin.api.start.RequestStarter;
import fi.signspace.plugin.signing.input.FieldError;
import fi.signspace.plugin.signing.input.RequestValidator;
import fi.signspace.plugin.signing.input.StartOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts a row of a list as a request that only its sender signs. It has no key and belongs to no
 * list, so the row can still be sent, and nothing is counted.
 */
final class TrialStarter {

  private static final String TITLE = StartOption.TITLE.variable();

  /** Those who have nothing to do with a trial, and what holds for several signers. */
  private static final List<StartOption> LEFT_OUT =
      List.of(
          StartOption.PARTICIPANTS_LIST_ORDER_RESPECTED,
          StartOption.IS_PROTECTED,
          StartOption.REQUESTER,
          StartOption.ESCALATE_AFTER,
          StartOption.ESCALATE_TO);

  private final UserAddresses addresses;
  private final RequestStarter requests;
  private final EngineTransactions engine;

  TrialStarter(UserAddresses addresses, RequestStarter requests, EngineTransactions engine) {
    this.addresses = addresses;
    this.requests = requests;
    this.engine = engine;
  }

  /**
   * @return the id of the request
   * @throws ProblemException if the caller has no address
   */
  String start(NewBulk bulk, int number) {
    SealedRow row =
        bulk.rows().stream()
            .filter(one -> one.number() == number)
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        List.of(
                            new FieldError(
                                "trial",
                                "The list has no row %s that could be sent.".formatted(number)))));
    String user = engine.user();
    String address =
        engine
            .withoutAuthorization(() -> addresses.of(user))
            .orElseThrow(
                () ->
                    ProblemException.notPossible(
                        "Your profile has no e-mail address; enter it in Tasklist, at your name, or"
                            + " ask an administrator."));
    Map<String, Object> variables = variables(row, address);
    return requests
        .start(new NewRequest(null, null, variables, variables, documents(bulk, row)))
        .id();
  }

  private static Map<String, Object> variables(SealedRow row, String address) {
    Map<String, Object> variables = new LinkedHashMap<>(row.variables());
    LEFT_OUT.forEach(option -> variables.remove(option.variable()));
    variables.put(
        StartOption.PARTICIPANTS.variable(), List.of(Map.of("handle", address, "role", "signer")));
    String language = String.valueOf(variables.get(StartOption.RECIPIENT_LANGUAGE.variable()));
    String title = marked(language, String.valueOf(variables.get(TITLE)));
    int length = Math.min(RequestValidator.MAX_TITLE, title.codePointCount(0, title.length()));
    variables.put(TITLE, title.substring(0, title.offsetByCodePoints(0, length)));
    return variables;
  }

  private static String marked(String language, String title) {
    return switch (language) {
      case "fi" -> "Koe: " + title;
      case "sv" -> "Prov: " + title;
      default -> "Trial: " + title;
    };
  }

  /** Numbered as if the request had been started alone. */
  private static List<NewDocument> documents(NewBulk bulk, SealedRow row) {
    List<NewDocument> documents = new ArrayList<>();
    for (int place : row.documents()) {
      documents.add(
          new NewDocument(
              NewDocument.PREFIX + (documents.size() + 1), bulk.documents().get(place).file()));
    }
    return documents;
  }
}

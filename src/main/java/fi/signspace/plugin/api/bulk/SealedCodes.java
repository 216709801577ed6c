package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.bulk.SealedRows.SealedRow;
import fi.signspace.plugin.bulk.Columns;
import fi.signspace.plugin.encryption.BrokenSealException;
import fi.signspace.plugin.encryption.ListSeal;
import fi.signspace.plugin.encryption.ParticipantNins;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The encrypted identity codes of a part of a list. They are stored apart from the rows, so that
 * they can be removed, and are not in the history.
 *
 * @param part its instance and its number
 * @param codes by row and place
 */
record SealedCodes(String part, Map<String, String> codes) {

  /** Replaces a code in a row. It is not a valid code, so no row is sent without its code. */
  private static final String ELSEWHERE = "encrypted";

  static SealedCodes none(String bulk, int number) {
    return new SealedCodes(part(bulk, number), new LinkedHashMap<>());
  }

  private static String part(String bulk, int number) {
    return bulk + " " + number;
  }

  /** Takes the codes out of a row. */
  SealedRow take(SealedRow row) {
    Map<String, String> cells = new HashMap<>(row.cells());
    cells.replaceAll((column, text) -> Columns.isNin(column) && !text.isEmpty() ? ELSEWHERE : text);
    Map<String, Object> variables = new LinkedHashMap<>(row.variables());
    variables.computeIfPresent(
        ParticipantNins.PARTICIPANTS,
        (name, participants) ->
            ParticipantNins.replaced(
                participants,
                (place, code) -> {
                  codes.put(row.number() + " " + place, String.valueOf(code));
                  return ELSEWHERE;
                }));
    return new SealedRow(row.number(), row.key(), variables, row.documents(), cells);
  }

  /**
   * Puts the codes back into a row.
   *
   * @throws BrokenSealException if one is missing
   */
  Map<String, Object> variables(SealedRow row) {
    Map<String, Object> variables = new LinkedHashMap<>(row.variables());
    variables.computeIfPresent(
        ParticipantNins.PARTICIPANTS,
        (name, participants) ->
            ParticipantNins.replaced(
                participants,
                (place, mark) -> {
                  String code = codes.get(row.number() + " " + place);
                  if (code == null) {
                    throw new BrokenSealException("an identity code is missing");
                  }
                  return code;
                }));
    return variables;
  }

  byte[] seal(ListSeal seal) {
    return SealedJson.seal(this, seal);
  }

  /**
   * @throws BrokenSealException if they were not sealed for this part
   */
  static SealedCodes open(byte[] sealed, ListSeal seal, String bulk, int number) {
    SealedCodes codes = SealedJson.open(sealed, seal, SealedCodes.class);
    if (!Objects.equals(codes.part(), part(bulk, number))) {
      throw new BrokenSealException("its codes belong to another list or place");
    }
    return codes;
  }

  @Override
  public String toString() {
    return "SealedCodes[" + part + "]";
  }
}

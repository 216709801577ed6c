package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.bulk.ListError;
import fi.signspace.plugin.encryption.BrokenSealException;
import fi.signspace.plugin.encryption.ListSeal;
import fi.signspace.plugin.signing.text.Handles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Consecutive rows of a list as they were validated. They are sealed together with everything that
 * determines their requests, so that nothing can be exchanged or moved to another instance.
 *
 * @param version of the format
 * @param bulk the instance of {@code bulk-signing}
 * @param list the id of the list: that of its first upload
 * @param user who has uploaded it, and starts its requests
 * @param number the number of this part, from 1
 * @param delimiter of the list
 * @param columns of the list
 * @param documents the documents of its rows
 */
record SealedRows(
    int version,
    String bulk,
    String list,
    String user,
    int number,
    String delimiter,
    List<String> columns,
    List<SealedDocument> documents,
    List<SealedRow> rows) {

  /** The number of rows in each part but the last. */
  static final int SIZE = 100;

  static final int VERSION = 1;

  private static final Pattern SIGNER = Pattern.compile("signer[0-9]+");

  /**
   * @param variable the variable of the bulk instance
   */
  record SealedDocument(String variable, String fileName, String sha256) {}

  /**
   * @param number as the clerk sees it
   * @param variables the start variables
   * @param documents the places of its documents among those of the part, or of the upload before
   * @param cells as uploaded, by column
   */
  record SealedRow(
      int number,
      String key,
      Map<String, Object> variables,
      List<Integer> documents,
      Map<String, String> cells) {

    /** The {@linkplain Handles#key keys} of those who are asked to sign. */
    Stream<String> signers() {
      return cells.entrySet().stream()
          .filter(cell -> SIGNER.matcher(cell.getKey()).matches())
          .map(Map.Entry::getValue)
          .filter(address -> !address.isEmpty())
          .map(Handles::key);
    }

    ListError error(String column, String detail) {
      return new ListError(number, column, cells.getOrDefault(column, ""), detail);
    }
  }

  /**
   * The part with these rows of a list, and the documents that they need.
   *
   * @param codes receives their identity codes
   */
  static SealedRows of(
      String bulk,
      String list,
      String user,
      int number,
      NewBulk upload,
      List<SealedRow> rows,
      SealedCodes codes) {
    List<Integer> needed =
        rows.stream().flatMap(row -> row.documents().stream()).distinct().toList();
    Map<Integer, Integer> places = new HashMap<>();
    needed.forEach(place -> places.put(place, places.size()));
    return new SealedRows(
        VERSION,
        bulk,
        list,
        user,
        number,
        upload.delimiter(),
        upload.columns(),
        needed.stream().map(upload.sealedDocuments()::get).toList(),
        rows.stream()
            .map(codes::take)
            .map(
                row ->
                    new SealedRow(
                        row.number(),
                        row.key(),
                        row.variables(),
                        row.documents().stream().map(places::get).toList(),
                        row.cells()))
            .toList());
  }

  byte[] seal(ListSeal seal) {
    return SealedJson.seal(this, seal);
  }

  /**
   * @throws BrokenSealException if they were not sealed for this instance and this place
   */
  static SealedRows open(byte[] sealed, ListSeal seal, String bulk, int number) {
    SealedRows rows = SealedJson.open(sealed, seal, SealedRows.class);
    if (rows.version() != VERSION || !rows.bulk().equals(bulk) || rows.number() != number) {
      throw new BrokenSealException("it belongs to another list or place");
    }
    return rows;
  }

  @Override
  public String toString() {
    return "SealedRows[" + bulk + ", " + number + "]";
  }
}

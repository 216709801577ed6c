package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.bulk.SealedRows.SealedDocument;
import fi.signspace.plugin.api.bulk.SealedRows.SealedRow;
import fi.signspace.plugin.api.start.NewDocument;
import fi.signspace.plugin.bulk.ListError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A validated list.
 *
 * @param list the list that it corrects; null if it is new
 * @param isPreview whether it is only validated
 * @param trial the number of the row that only its sender gets; null to send the list
 * @param approved the fingerprint of the list that was previewed; null if none was
 * @param repeatsKeys whether keys of other lists are sent again
 * @param sealedDocuments the documents, in the same order
 * @param omitted the errors of rows that the caller leaves out
 */
record NewBulk(
    @Nullable String list,
    boolean isPreview,
    @Nullable Integer trial,
    @Nullable String approved,
    boolean repeatsKeys,
    String delimiter,
    List<String> columns,
    List<SealedRow> rows,
    List<NewDocument> documents,
    List<SealedDocument> sealedDocuments,
    List<ListError> omitted) {

  @Override
  public String toString() {
    return "NewBulk[" + rows.size() + " rows]";
  }
}

package fi.signspace.plugin.api;

import fi.signspace.plugin.api.SealedRows.SealedDocument;
import fi.signspace.plugin.api.SealedRows.SealedRow;
import fi.signspace.plugin.bulk.ListError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A validated list.
 *
 * @param list the list that it corrects; null if it is new
 * @param sealedDocuments the documents, in the same order
 * @param omitted the errors of rows that the caller leaves out
 */
record NewBulk(
    @Nullable String list,
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

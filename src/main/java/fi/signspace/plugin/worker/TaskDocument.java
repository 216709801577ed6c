package fi.signspace.plugin.worker;

import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.DocumentFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.camunda.bpm.client.variable.value.DeferredFileValue;

/** A File variable that is to be signed; its bytes come from the engine when they are asked for. */
record TaskDocument(String variableName, DeferredFileValue file) {

  String fileName() {
    return Objects.requireNonNullElse(file.getFilename(), "");
  }

  DocumentFacts facts() {
    return new DocumentFacts(variableName, fileName(), load().content().length);
  }

  Document load() {
    try (InputStream content = file.getValue()) {
      byte[] bytes = content == null ? new byte[0] : content.readAllBytes();
      String mimeType = Objects.requireNonNullElse(file.getMimeType(), "application/octet-stream");
      return new Document(fileName(), mimeType, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the variable " + variableName, e);
    }
  }
}

package fi.signspace.plugin.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.environment.DocumentReads;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.camunda.bpm.engine.impl.variable.serializer.ValueFields;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

class DocumentReadFilterTest {

  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  private final DocumentReadFilter filter =
      new DocumentReadFilter(new DocumentReads(DataSize.ofMegabytes(60)));
  private final LightFileSerializer serializer = new LightFileSerializer();
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  @ParameterizedTest
  @CsvSource({
    "GET, /engine-rest/process-instance/1/variables, false",
    "GET, /engine-rest/process-instance/1/variables/document1, false",
    "HEAD, /engine-rest/task/1/form-variables, false",
    "GET, /camunda/api/engine/engine/default/variable-instance/1, false",
    "GET, /engine-rest/process-instance/data/variables, false",
    "GET, /engine-rest/process-instance/1/variables/document1/data, true",
    "GET, /engine-rest/process-instance/1/variables/document1/d%61ta/, true",
    "GET, /engine-rest/history/variable-instance/1/data, true",
    "GET, /api/signing-requests/1, true",
    "POST, /engine-rest/task/1/complete, true",
    "PUT, /engine-rest/process-instance/1/variables/copy, true"
  })
  void files_are_read_with_their_content_only_where_it_is_needed(
      String method, String path, boolean withContent) throws Exception {
    AtomicReference<FileValue> read = new AtomicReference<>();

    run(method, path, (request, response) -> read.set(serializer.readValue(stored(), true, false)));

    assertThat(read.get().getFilename()).isEqualTo("lease.pdf");
    assertThat(read.get().getMimeType()).isEqualTo("application/pdf");
    assertThat(read.get().getEncoding()).isEqualTo("UTF-8");
    assertThat(read.get().getValue() != null).isEqualTo(withContent);
    assertThat(serializer.readValue(stored(), true, false).getValue()).hasBinaryContent(CONTENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/engine-rest/history/variable-instance/1/data",
        "/api/signing-requests/1/signed-documents/1",
        "/api/signing-requests/1/evidence"
      })
  void a_document_is_sent_when_it_has_been_read(String path) throws Exception {
    byte[] document = new byte[1_000_000];
    AtomicReference<byte[]> sentMeanwhile = new AtomicReference<>();

    run(
        "GET",
        path,
        (request, wrapped) -> {
          wrapped.setContentType("application/pdf");
          wrapped.getOutputStream().write(document);
          wrapped.flushBuffer();
          sentMeanwhile.set(response.getContentAsByteArray());
        });

    assertThat(sentMeanwhile.get()).isEmpty();
    assertThat(response.getContentType()).isEqualTo("application/pdf");
    assertThat(response.getContentAsByteArray()).isEqualTo(document);
  }

  @Test
  void what_is_reset_is_not_sent() throws Exception {
    run(
        "GET",
        "/engine-rest/history/variable-instance/1/data",
        (request, wrapped) -> {
          wrapped.getOutputStream().write(new byte[1_000_000]);
          wrapped.reset();
          wrapped.getOutputStream().write(CONTENT);
        });

    assertThat(response.getContentAsByteArray()).isEqualTo(CONTENT);
  }

  private void run(String method, String path, FilterChain chain)
      throws ServletException, IOException {
    filter.doFilter(new MockHttpServletRequest(method, path), response, chain);
  }

  private static ValueFields stored() {
    ValueFields stored = mock();
    when(stored.getTextValue()).thenReturn("lease.pdf");
    when(stored.getTextValue2()).thenReturn("application/pdf#UTF-8");
    when(stored.getByteArrayValue()).thenReturn(CONTENT);
    return stored;
  }
}

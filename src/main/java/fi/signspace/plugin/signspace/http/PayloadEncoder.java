package fi.signspace.plugin.signspace.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import feign.RequestTemplate;
import feign.codec.EncodeException;
import feign.codec.Encoder;
import feign.jackson.JacksonEncoder;
import java.lang.reflect.Type;

/** Writes payloads as JSON; documents are written as bytes, without an intermediate string. */
public final class PayloadEncoder implements Encoder {

  private final ObjectMapper mapper;
  private final Encoder json;

  public PayloadEncoder(ObjectMapper mapper) {
    this.mapper = mapper;
    this.json = new JacksonEncoder(mapper);
  }

  @Override
  public void encode(Object payload, Type type, RequestTemplate template) {
    if (payload instanceof FilePayload file) {
      // A body without charset is sent as bytes; with one, the HTTP client would create a String.
      template.body(bytes(file), null);
    } else {
      json.encode(payload, type, template);
    }
  }

  private byte[] bytes(FilePayload file) {
    try {
      return file.json(mapper);
    } catch (JsonProcessingException e) {
      throw new EncodeException(
          "the document's name or the acting handle cannot be written as JSON", e);
    }
  }
}

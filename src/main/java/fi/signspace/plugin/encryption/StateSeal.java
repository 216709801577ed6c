package fi.signspace.plugin.encryption;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import fi.signspace.plugin.process.SigningState;
import java.io.IOException;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * Seals the workers' state as a JWS in compact serialization (RFC 7515) with HS256: a text that the
 * engine, mappings and Cockpit pass on unchanged. The seal proves that a worker wrote the state,
 * but neither when nor that it is the latest one.
 */
public final class StateSeal {

  private static final String PURPOSE = "signing-state";
  private static final JOSEObjectType TYPE = new JOSEObjectType("signing-state+jws");

  /** The Base64url prefix of every JSON object. */
  private static final String BEGINNING = "ey";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .defaultPropertyInclusion(JsonInclude.Value.construct(NON_NULL, NON_NULL))
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final ObjectReader READER = MAPPER.readerFor(SigningState.class);

  private final SealKeys keys;
  private final Seal seal;

  StateSeal(SealKeys keys) {
    this.keys = keys;
    this.seal = new Seal(keys, PURPOSE, TYPE);
  }

  /** Whether this node can read sealed states. */
  public boolean isReadable() {
    return keys.isPresent();
  }

  /**
   * Whether a text looks like a sealed state, under whatever variable name a model stores it; this
   * proves nothing.
   */
  public static boolean isSealed(@Nullable String text) {
    try {
      return text != null
          && text.startsWith(BEGINNING)
          && TYPE.equals(JWSHeader.parse(new Base64URL(text.split("\\.", 2)[0])).getType());
    } catch (ParseException e) {
      return false;
    }
  }

  public String seal(SigningState state) {
    try {
      return seal.seal(MAPPER.writeValueAsBytes(state));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The state cannot be sealed", e);
    }
  }

  /**
   * @throws UnknownSealKeyException if it was sealed with a key or in a format that only another
   *     node knows
   * @throws BrokenSealException if it was not sealed by one of our workers
   */
  public SigningState open(String sealed) {
    Seal.Opened opened = seal.open(sealed);
    return read(opened.content());
  }

  /** A field that this version does not know comes from a later one, since the seal is intact. */
  private static SigningState read(byte[] json) {
    try {
      int version = MAPPER.readTree(json).path("version").asInt();
      if (version > SigningState.VERSION) {
        throw UnknownSealKeyException.ofLaterFormat("version " + version);
      }
      return READER.readValue(json);
    } catch (UnrecognizedPropertyException e) {
      throw UnknownSealKeyException.ofLaterFormat("field " + e.getPropertyName());
    } catch (IOException e) {
      throw new BrokenSealException("its content cannot be read");
    }
  }
}

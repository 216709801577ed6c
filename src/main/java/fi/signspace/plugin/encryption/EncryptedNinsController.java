package fi.signspace.plugin.encryption;

import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Encrypts identity codes for callers who cannot do it themselves. No response contains a plaintext
 * code.
 */
@RestController
class EncryptedNinsController {

  private static final int MAX_CODES = 100;

  private final NinCipher cipher;

  EncryptedNinsController(NinCipher cipher) {
    this.cipher = cipher;
  }

  /** The request, and in the same order the response. */
  record Nins(@Nullable List<@Nullable String> nins) {

    /** Excludes the codes. */
    @Override
    public String toString() {
      return "Nins";
    }
  }

  @PostMapping("/api/encrypted-nins")
  Nins encrypt(@RequestBody Nins plain) {
    if (!cipher.canEncrypt()) {
      throw refused(
          HttpStatus.SERVICE_UNAVAILABLE, "There is no key; set signspace.encryption.keys.");
    }
    List<@Nullable String> nins = plain.nins();
    if (nins == null || nins.isEmpty() || nins.size() > MAX_CODES) {
      throw refused(
          HttpStatus.BAD_REQUEST, "nins must be a list of 1 to %s codes.".formatted(MAX_CODES));
    }
    return new Nins(
        IntStream.range(0, nins.size()).mapToObj(i -> encrypt(nins.get(i), i)).toList());
  }

  private String encrypt(@Nullable String nin, int index) {
    String code = nin == null ? "" : PersonalIdentityCode.normalized(nin);
    if (!PersonalIdentityCode.isValid(code)) {
      throw refused(
          HttpStatus.BAD_REQUEST,
          "nins[%s] is not a valid personal identity code.".formatted(index));
    }
    return cipher.encrypt(code);
  }

  /** Handled here, since Spring's own handler logs a message that may quote the input. */
  @ExceptionHandler
  ProblemDetail unreadable(HttpMessageNotReadableException e) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.BAD_REQUEST, "The body must be JSON like {\"nins\": [\"…\"]}.");
  }

  private static ErrorResponseException refused(HttpStatus status, String detail) {
    return new ErrorResponseException(
        status, ProblemDetail.forStatusAndDetail(status, detail), null);
  }
}

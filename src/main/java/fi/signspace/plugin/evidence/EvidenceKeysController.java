package fi.signspace.plugin.evidence;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Publishes the public keys that verify evidence, including retired ones with their period.
 * Separate from {@code /api/keys}, whose clients encrypt with the first key that they find.
 */
@RestController
class EvidenceKeysController {

  private final EvidenceKeys keys;

  EvidenceKeysController(EvidenceKeys keys) {
    this.keys = keys;
  }

  @GetMapping(
      path = "/api/evidence-keys",
      produces = {"application/jwk-set+json", "application/json"})
  ResponseEntity<String> keys() {
    return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(keys.toJson());
  }
}

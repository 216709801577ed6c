package fi.signspace.plugin.encryption;

import com.nimbusds.jose.jwk.JWKSet;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Publishes the public key that currently encrypts identity codes, and no former ones. */
@RestController
class KeysController {

  private final Keys keys;

  KeysController(Keys keys) {
    this.keys = keys;
  }

  @GetMapping(
      path = "/api/keys",
      produces = {JWKSet.MIME_TYPE, "application/json"})
  ResponseEntity<String> keys() {
    JWKSet set = keys.encrypting().map(JWKSet::new).orElseGet(JWKSet::new);
    return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(set.toString(true));
  }
}

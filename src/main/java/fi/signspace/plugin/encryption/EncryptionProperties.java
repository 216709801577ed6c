package fi.signspace.plugin.encryption;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the keys are ({@code signspace.encryption.*}).
 *
 * @param keys RSA keys in PEM, each as the text itself or as a location like {@code
 *     file:/run/secrets/nin.pem}. The first one encrypts. A node that has workers needs private
 *     keys, the former ones included; for one that has none the public key is enough
 */
@ConfigurationProperties("signspace.encryption")
record EncryptionProperties(@DefaultValue List<String> keys) {}

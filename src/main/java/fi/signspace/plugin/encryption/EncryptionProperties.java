package fi.signspace.plugin.encryption;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The encryption keys ({@code signspace.encryption.*}).
 *
 * @param keys RSA keys in PEM, each as text or as a location like {@code
 *     file:/run/secrets/nin.pem}. The first one encrypts. A node with workers needs private keys,
 *     including former ones; a node without workers only needs the public key
 */
@ConfigurationProperties("signspace.encryption")
record EncryptionProperties(@DefaultValue List<String> keys) {}

package fi.signspace.plugin.encryption;

/**
 * An encrypted identity code cannot be decrypted. The message is a sentence for whoever is to
 * correct it, and has nothing of the code or its ciphertext.
 */
public final class UnreadableNinException extends Exception {

  UnreadableNinException(String message) {
    super(message);
  }
}

package fi.signspace.plugin.encryption;

/**
 * An encrypted identity code cannot be decrypted. The message is a sentence for the person who has
 * to correct it, and contains neither the code nor its ciphertext.
 */
public final class UnreadableNinException extends Exception {

  UnreadableNinException(String message) {
    super(message);
  }
}

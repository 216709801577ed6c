/**
 * Personal identity codes outside of memory are JWE: their keys, encrypting and decrypting, and
 * what is encrypted among participants.
 */
@NullMarked
package fi.signspace.plugin.encryption;

import org.jspecify.annotations.NullMarked;

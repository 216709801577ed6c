/**
 * Personal identity codes are stored and sent only as JWE. This package has the keys, the
 * encryption, and the handling of codes in participants.
 */
@NullMarked
package fi.signspace.plugin.encryption;

import org.jspecify.annotations.NullMarked;

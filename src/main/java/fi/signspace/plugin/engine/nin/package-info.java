/**
 * Keeps plaintext identity codes out of the engine's database, and all identity codes out of its
 * history. Values that the database would reject, or that are not valid Base64, are rejected with a
 * clear message. One engine plugin installs everything here.
 */
@NullMarked
package fi.signspace.plugin.engine.nin;

import org.jspecify.annotations.NullMarked;

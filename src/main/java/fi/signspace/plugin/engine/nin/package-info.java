/**
 * No identity code stands in the engine's database in clear, and none in its history at all; no
 * value is refused by the database, or decoded from what is not Base64. Everything here hangs on
 * the engine as one plugin.
 */
@NullMarked
package fi.signspace.plugin.engine.nin;

import org.jspecify.annotations.NullMarked;

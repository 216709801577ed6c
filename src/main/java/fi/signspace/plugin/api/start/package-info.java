/** Reads the request that a caller describes, and starts it. */
@NullMarked
package fi.signspace.plugin.api.start;

import org.jspecify.annotations.NullMarked;

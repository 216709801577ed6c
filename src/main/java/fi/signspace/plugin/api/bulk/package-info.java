/**
 * Sends lists of requests: the paths of the API for lists, the process {@code bulk-signing} behind
 * them, and what becomes of each row. Nothing else depends on it.
 */
@NullMarked
package fi.signspace.plugin.api.bulk;

import org.jspecify.annotations.NullMarked;

/** Status checks: one at a time, in batches, and the sweep that finds what has changed. */
@NullMarked
package fi.signspace.plugin.worker.status;

import org.jspecify.annotations.NullMarked;

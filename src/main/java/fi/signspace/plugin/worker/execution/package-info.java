/**
 * Fetching external tasks, running their workers, and reporting outcomes: retries, limits, locks.
 */
@NullMarked
package fi.signspace.plugin.worker.execution;

import org.jspecify.annotations.NullMarked;

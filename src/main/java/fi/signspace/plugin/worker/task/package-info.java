/**
 * One external task: its inputs, outputs and lock, and the REST API of the engine that it came
 * from.
 */
@NullMarked
package fi.signspace.plugin.worker.task;

import org.jspecify.annotations.NullMarked;

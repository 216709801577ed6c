/**
 * The sealed state of a signing request: reading it, adopting requests of earlier versions, its
 * history.
 */
@NullMarked
package fi.signspace.plugin.worker.state;

import org.jspecify.annotations.NullMarked;

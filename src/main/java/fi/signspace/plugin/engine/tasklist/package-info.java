/** Tasklist: its filters and the page of signed documents. */
@NullMarked
package fi.signspace.plugin.engine.tasklist;

import org.jspecify.annotations.NullMarked;

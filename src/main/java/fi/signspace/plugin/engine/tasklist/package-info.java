/** Tasklist: its filters, and the pages of signed documents and of lists. */
@NullMarked
package fi.signspace.plugin.engine.tasklist;

import org.jspecify.annotations.NullMarked;

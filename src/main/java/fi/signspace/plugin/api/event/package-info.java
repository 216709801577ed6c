/** What counts as an event of a signing request, for its timeline and for messages about it. */
@NullMarked
package fi.signspace.plugin.api.event;

import org.jspecify.annotations.NullMarked;

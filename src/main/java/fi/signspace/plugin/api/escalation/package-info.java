/**
 * Who else may act on a request: to whom it may be escalated, and who stands in for a colleague.
 * This is checked where the users and groups are known.
 */
@NullMarked
package fi.signspace.plugin.api.escalation;

import org.jspecify.annotations.NullMarked;

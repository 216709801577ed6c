/** Checks to whom a request may be escalated, where the users and groups are known. */
@NullMarked
package fi.signspace.plugin.api.escalation;

import org.jspecify.annotations.NullMarked;

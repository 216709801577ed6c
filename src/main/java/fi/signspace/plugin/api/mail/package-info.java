/**
 * Mails about signing requests, to the requester and to participants. The engine stores pending
 * ones: each event is an instance of the process {@code signing-mail}, with a step per recipient.
 */
@NullMarked
package fi.signspace.plugin.api.mail;

import org.jspecify.annotations.NullMarked;

/**
 * Notifies a configured receiver that a signing request has ended. The engine stores pending
 * messages: each one is an instance of the process {@code signing-webhook}.
 */
@NullMarked
package fi.signspace.plugin.api.webhook;

import org.jspecify.annotations.NullMarked;

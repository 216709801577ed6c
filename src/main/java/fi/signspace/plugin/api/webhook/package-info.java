/**
 * Notifies a configured receiver of what happens to signing requests. The engine stores pending
 * messages: each one is an instance of the process {@code signing-webhook}.
 */
@NullMarked
package fi.signspace.plugin.api.webhook;

import org.jspecify.annotations.NullMarked;

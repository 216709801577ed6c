/**
 * Tells a configured receiver that a signing request has ended. The engine remembers what is still
 * to be told: each message is an instance of the process {@code signing-webhook}.
 */
@NullMarked
package fi.signspace.plugin.api.webhook;

import org.jspecify.annotations.NullMarked;

/** Tests of the webhook, from the end of a request to the receiver. */
@NullMarked
package fi.signspace.plugin.api.webhook;

import org.jspecify.annotations.NullMarked;

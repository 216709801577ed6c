/** The webhook, from the end of a request to a receiver. */
@NullMarked
package fi.signspace.plugin.api.webhook;

import org.jspecify.annotations.NullMarked;

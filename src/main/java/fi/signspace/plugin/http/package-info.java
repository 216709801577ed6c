/**
 * HTTP clients with common timeouts, connection pools and proxy settings for SignSpace, the engine
 * and the webhook receiver, and what is wrong in JSON.
 */
@NullMarked
package fi.signspace.plugin.http;

import org.jspecify.annotations.NullMarked;

/**
 * How this process talks HTTP to others: one set of time limits, connections and routes for
 * SignSpace, the engine and the receiver of the webhook.
 */
@NullMarked
package fi.signspace.plugin.http;

import org.jspecify.annotations.NullMarked;

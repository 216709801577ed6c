/**
 * Notifies others of the events of signing requests. A channel stores each event in the engine, as
 * an instance of a process of its own, in the transaction in which the event happens; a delivery
 * sends what is stored.
 */
@NullMarked
package fi.signspace.plugin.api.delivery;

import org.jspecify.annotations.NullMarked;

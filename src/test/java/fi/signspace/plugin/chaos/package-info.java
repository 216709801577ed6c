/** Chaos tests: real processes over real HTTP with kills, network failures and timeouts. */
@NullMarked
package fi.signspace.plugin.chaos;

import org.jspecify.annotations.NullMarked;

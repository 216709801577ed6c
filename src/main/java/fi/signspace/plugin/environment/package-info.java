/**
 * The environment of a node: its own address, the charset, the proxy, its background work, and
 * settings from external sources. An unsupported setting stops the start with a message.
 */
@NullMarked
package fi.signspace.plugin.environment;

import org.jspecify.annotations.NullMarked;

/** Metrics about all requests in the engine's database, for operators. */
@NullMarked
package fi.signspace.plugin.engine.monitoring;

import org.jspecify.annotations.NullMarked;

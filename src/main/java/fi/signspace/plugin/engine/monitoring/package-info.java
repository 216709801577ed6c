/** What the engine's database tells of the requests as a whole, for those who watch over it. */
@NullMarked
package fi.signspace.plugin.engine.monitoring;

import org.jspecify.annotations.NullMarked;

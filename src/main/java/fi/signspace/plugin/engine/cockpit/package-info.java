/** The Cockpit plugin. */
@NullMarked
package fi.signspace.plugin.engine.cockpit;

import org.jspecify.annotations.NullMarked;

/** Who may do what in the engine. */
@NullMarked
package fi.signspace.plugin.engine.security;

import org.jspecify.annotations.NullMarked;

/** Who may do what in the engine: users, groups, authorizations, and the engine's safe settings. */
@NullMarked
package fi.signspace.plugin.engine.security;

import org.jspecify.annotations.NullMarked;

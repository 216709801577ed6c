/**
 * Authentication and authorization in the engine: users, groups, permissions and hardened settings.
 */
@NullMarked
package fi.signspace.plugin.engine.security;

import org.jspecify.annotations.NullMarked;

/** Tests of authentication and authorization in the engine. */
@NullMarked
package fi.signspace.plugin.engine.security;

import org.jspecify.annotations.NullMarked;

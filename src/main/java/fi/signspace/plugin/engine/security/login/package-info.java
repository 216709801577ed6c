/** Who a caller of the engine is. */
@NullMarked
package fi.signspace.plugin.engine.security.login;

import org.jspecify.annotations.NullMarked;

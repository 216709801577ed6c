/** The login for all addresses, in every role. Uses Spring Security and no engine. */
@NullMarked
package fi.signspace.plugin.access;

import org.jspecify.annotations.NullMarked;

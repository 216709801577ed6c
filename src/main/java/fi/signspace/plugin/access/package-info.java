/** The login in front of everything, in every role. Knows Spring Security, and no engine. */
@NullMarked
package fi.signspace.plugin.access;

import org.jspecify.annotations.NullMarked;

/** Throttles failed logins. */
@NullMarked
package fi.signspace.plugin.access.login;

import org.jspecify.annotations.NullMarked;

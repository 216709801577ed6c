/** Tests of the login for all addresses. */
@NullMarked
package fi.signspace.plugin.access;

import org.jspecify.annotations.NullMarked;

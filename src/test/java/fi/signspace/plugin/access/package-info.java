/** The login in front of everything. */
@NullMarked
package fi.signspace.plugin.access;

import org.jspecify.annotations.NullMarked;

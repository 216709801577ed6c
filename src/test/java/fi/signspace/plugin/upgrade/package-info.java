/** Instances of former versions, finished by this one. */
@NullMarked
package fi.signspace.plugin.upgrade;

import org.jspecify.annotations.NullMarked;

/** Upgrade of instances of former versions. */
@NullMarked
package fi.signspace.plugin.upgrade;

import org.jspecify.annotations.NullMarked;

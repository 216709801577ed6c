/** What the packages may know of each other. */
@NullMarked
package fi.signspace.plugin.architecture;

import org.jspecify.annotations.NullMarked;

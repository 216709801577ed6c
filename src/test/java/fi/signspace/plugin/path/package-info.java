/** Every path through the process; the tests act for workers, people and callers. */
@NullMarked
package fi.signspace.plugin.path;

import org.jspecify.annotations.NullMarked;

/** Every way through the process, with the test in the place of workers, people and callers. */
@NullMarked
package fi.signspace.plugin.path;

import org.jspecify.annotations.NullMarked;

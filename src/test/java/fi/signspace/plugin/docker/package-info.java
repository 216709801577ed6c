/** Whether the files in docker/ say what is true, and whether what they start works. */
@NullMarked
package fi.signspace.plugin.docker;

import org.jspecify.annotations.NullMarked;

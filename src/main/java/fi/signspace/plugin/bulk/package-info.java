/** Lists of requests: reads a file row by row and names every error in the clerk's words. */
@NullMarked
package fi.signspace.plugin.bulk;

import org.jspecify.annotations.NullMarked;

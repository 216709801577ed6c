/** Tests with falsified and genuine evidence. */
@NullMarked
package fi.signspace.plugin.evidence;

import org.jspecify.annotations.NullMarked;

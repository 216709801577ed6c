/**
 * What a node finds around it: its own address, the machine's character set, settings that others
 * have put into the environment. A setting that cannot be followed ends the start with a sentence.
 */
@NullMarked
package fi.signspace.plugin.environment;

import org.jspecify.annotations.NullMarked;

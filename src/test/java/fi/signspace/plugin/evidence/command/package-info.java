/** Tests of the offline command, called directly and as a process. */
@NullMarked
package fi.signspace.plugin.evidence.command;

import org.jspecify.annotations.NullMarked;

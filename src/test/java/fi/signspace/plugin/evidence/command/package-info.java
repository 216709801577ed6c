/** The offline command, as a process and by itself. */
@NullMarked
package fi.signspace.plugin.evidence.command;

import org.jspecify.annotations.NullMarked;

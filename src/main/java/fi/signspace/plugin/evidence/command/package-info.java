/** The offline command {@code verify}: no Spring, no engine, no network. */
@NullMarked
package fi.signspace.plugin.evidence.command;

import org.jspecify.annotations.NullMarked;

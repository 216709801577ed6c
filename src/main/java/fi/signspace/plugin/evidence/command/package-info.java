/** The offline command {@code verify}, without Spring, engine and network. */
@NullMarked
package fi.signspace.plugin.evidence.command;

import org.jspecify.annotations.NullMarked;

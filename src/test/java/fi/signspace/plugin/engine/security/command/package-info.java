/** Tests of the command authorization, with an in-memory engine and without workers. */
@NullMarked
package fi.signspace.plugin.engine.security.command;

import org.jspecify.annotations.NullMarked;

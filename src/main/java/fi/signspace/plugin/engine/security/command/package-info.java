/**
 * The engine-side authorization of signing requests: what a caller supplies in a command is checked
 * before the command runs, whichever API it came through. It covers the processes in {@link
 * fi.signspace.plugin.engine.security.command.ProtectedProcesses} only; in other processes the
 * engine's own permissions decide.
 */
@NullMarked
package fi.signspace.plugin.engine.security.command;

import org.jspecify.annotations.NullMarked;

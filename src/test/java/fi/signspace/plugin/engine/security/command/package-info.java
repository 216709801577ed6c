/** Tests of the authorization of commands, with an engine in memory and without workers. */
@NullMarked
package fi.signspace.plugin.engine.security.command;

import org.jspecify.annotations.NullMarked;

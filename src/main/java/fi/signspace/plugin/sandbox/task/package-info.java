/** The signing requests of the sandbox. */
@NullMarked
package fi.signspace.plugin.sandbox.task;

import org.jspecify.annotations.NullMarked;

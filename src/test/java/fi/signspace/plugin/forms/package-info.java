/** The forms' code by itself, without a browser. */
@NullMarked
package fi.signspace.plugin.forms;

import org.jspecify.annotations.NullMarked;

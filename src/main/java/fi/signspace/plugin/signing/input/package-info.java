/** Reads and validates what a request is created from. */
@NullMarked
package fi.signspace.plugin.signing.input;

import org.jspecify.annotations.NullMarked;

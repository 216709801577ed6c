/** The uploaded and the signed files of the sandbox. */
@NullMarked
package fi.signspace.plugin.sandbox.file;

import org.jspecify.annotations.NullMarked;

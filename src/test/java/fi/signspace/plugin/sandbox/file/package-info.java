@NullMarked
package fi.signspace.plugin.sandbox.file;

import org.jspecify.annotations.NullMarked;

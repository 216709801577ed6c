@NullMarked
package fi.signspace.plugin.signspace;

import org.jspecify.annotations.NullMarked;

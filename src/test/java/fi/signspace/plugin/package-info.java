@NullMarked
package fi.signspace.plugin;

import org.jspecify.annotations.NullMarked;

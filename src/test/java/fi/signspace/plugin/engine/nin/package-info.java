@NullMarked
package fi.signspace.plugin.engine.nin;

import org.jspecify.annotations.NullMarked;

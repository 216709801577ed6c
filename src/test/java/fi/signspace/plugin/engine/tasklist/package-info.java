@NullMarked
package fi.signspace.plugin.engine.tasklist;

import org.jspecify.annotations.NullMarked;

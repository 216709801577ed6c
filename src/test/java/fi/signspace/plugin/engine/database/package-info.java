@NullMarked
package fi.signspace.plugin.engine.database;

import org.jspecify.annotations.NullMarked;

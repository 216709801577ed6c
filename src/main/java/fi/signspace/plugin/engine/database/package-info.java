/** The engine's database: what every connection and every node of it have in common. */
@NullMarked
package fi.signspace.plugin.engine.database;

import org.jspecify.annotations.NullMarked;

/** The engine's database: settings and checks that apply to every connection and node. */
@NullMarked
package fi.signspace.plugin.engine.database;

import org.jspecify.annotations.NullMarked;

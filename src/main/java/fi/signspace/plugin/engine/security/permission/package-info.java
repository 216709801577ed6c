/** What users, groups and workers may do in the engine. */
@NullMarked
package fi.signspace.plugin.engine.security.permission;

import org.jspecify.annotations.NullMarked;

@NullMarked
package fi.signspace.plugin.engine.security.permission;

import org.jspecify.annotations.NullMarked;

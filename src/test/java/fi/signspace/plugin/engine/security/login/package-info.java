@NullMarked
package fi.signspace.plugin.engine.security.login;

import org.jspecify.annotations.NullMarked;

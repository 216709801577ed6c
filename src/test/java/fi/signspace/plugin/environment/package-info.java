@NullMarked
package fi.signspace.plugin.environment;

import org.jspecify.annotations.NullMarked;

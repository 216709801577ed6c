@NullMarked
package fi.signspace.plugin.api.start;

import org.jspecify.annotations.NullMarked;

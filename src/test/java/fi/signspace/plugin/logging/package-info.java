@NullMarked
package fi.signspace.plugin.logging;

import org.jspecify.annotations.NullMarked;

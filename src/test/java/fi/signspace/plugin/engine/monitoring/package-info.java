@NullMarked
package fi.signspace.plugin.engine.monitoring;

import org.jspecify.annotations.NullMarked;

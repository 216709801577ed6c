/** The embedded Camunda engine: deployment and settings. */
@NullMarked
package fi.signspace.plugin.engine;

import org.jspecify.annotations.NullMarked;

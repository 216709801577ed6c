/**
 * The REST API for integrators, in addition to the engine's. It starts the process and sends it
 * messages. It stores nothing of its own; everything it returns comes from the engine.
 */
@NullMarked
package fi.signspace.plugin.api;

import org.jspecify.annotations.NullMarked;

/**
 * The REST API for integrators, beside the engine's. It starts the process and sends it messages,
 * and keeps nothing of its own: whatever it tells, the engine knows.
 */
@NullMarked
package fi.signspace.plugin.api;

import org.jspecify.annotations.NullMarked;

/** The bodies and the error responses of the engine's REST API. */
@NullMarked
package fi.signspace.plugin.engine.rest;

import org.jspecify.annotations.NullMarked;

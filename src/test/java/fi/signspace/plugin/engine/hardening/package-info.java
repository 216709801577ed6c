/** Tests that the engine's two vulnerabilities are closed. */
@NullMarked
package fi.signspace.plugin.engine.hardening;

import org.jspecify.annotations.NullMarked;

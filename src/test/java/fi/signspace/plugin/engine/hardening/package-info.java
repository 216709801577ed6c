/** Without the engine's two vulnerabilities. */
@NullMarked
package fi.signspace.plugin.engine.hardening;

import org.jspecify.annotations.NullMarked;

/**
 * Closes two published vulnerabilities of Camunda 7.24.0 that no public release fixes. Nothing
 * outside depends on this package: delete it, with its tests, when the engine fixes them itself.
 *
 * <ul>
 *   <li>CVE-2026-109432: expressions in {@code or} queries are evaluated, so that any user who may
 *       query tasks can run code: {@link
 *       fi.signspace.plugin.engine.hardening.QueryExpressionManager}, {@link
 *       fi.signspace.plugin.engine.hardening.QueryExpressionGuard}
 *   <li>CVE-2026-77226: anyone who finds the group camunda-admin empty can become an admin: {@link
 *       fi.signspace.plugin.engine.hardening.AdminApplicationWithoutSetup}
 * </ul>
 */
@NullMarked
package fi.signspace.plugin.engine.hardening;

import org.jspecify.annotations.NullMarked;

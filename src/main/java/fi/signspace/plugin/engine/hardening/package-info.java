/**
 * Closes two published vulnerabilities of Camunda 7.24.0 that no public release closes. Nothing
 * outside depends on this package: delete it, with its tests, when the engine is one that closes
 * them itself.
 *
 * <ul>
 *   <li>CVE-2026-109432: expressions in {@code or} queries are evaluated, so that whoever may ask
 *       for tasks can run code: {@link
 *       fi.signspace.plugin.engine.hardening.QueryExpressionManager}, {@link
 *       fi.signspace.plugin.engine.hardening.QueryExpressionGuard}
 *   <li>CVE-2026-77226: whoever finds the group camunda-admin empty makes himself an admin: {@link
 *       fi.signspace.plugin.engine.hardening.AdminApplicationWithoutSetup}
 * </ul>
 */
@NullMarked
package fi.signspace.plugin.engine.hardening;

import org.jspecify.annotations.NullMarked;

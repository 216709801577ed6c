/**
 * Evidence of a signed request: what was sent, to whom, who signed when, and what was returned. It
 * is signed when the last signed document has been downloaded, and verified wherever a document is
 * reported as signed.
 */
@NullMarked
package fi.signspace.plugin.evidence;

import org.jspecify.annotations.NullMarked;

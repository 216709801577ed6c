/**
 * The domain: what a signing request is, when it is valid, how its status is read, and the port to
 * SignSpace.
 */
@NullMarked
package fi.signspace.plugin.signing;

import org.jspecify.annotations.NullMarked;

/**
 * A simulated SignSpace for trying the product: the API over real HTTP, a page for signing, and
 * fault injection. State is in memory. No other package depends on it, and it depends on no other
 * package.
 */
@NullMarked
package fi.signspace.plugin.sandbox;

import org.jspecify.annotations.NullMarked;

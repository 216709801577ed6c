/** A stand-in for SignSpace to try the product with. Nothing outside this package depends on it. */
@NullMarked
package fi.signspace.plugin.sandbox;

import org.jspecify.annotations.NullMarked;

/**
 * A stand-in for SignSpace to try the product with: the API over real HTTP, a page to sign on, and
 * misbehaviour on demand. State is in memory. Nothing outside this package depends on it, and it
 * depends on nothing of ours.
 */
@NullMarked
package fi.signspace.plugin.sandbox;

import org.jspecify.annotations.NullMarked;

/** The SignSpace API over HTTP: the only package that knows Feign. */
@NullMarked
package fi.signspace.plugin.signspace;

import org.jspecify.annotations.NullMarked;

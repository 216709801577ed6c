/** The access token and its cache. */
@NullMarked
package fi.signspace.plugin.signspace.token;

import org.jspecify.annotations.NullMarked;

/** Limits for the bodies of HTTP requests: size, time, and memory. */
@NullMarked
package fi.signspace.plugin.access.body;

import org.jspecify.annotations.NullMarked;

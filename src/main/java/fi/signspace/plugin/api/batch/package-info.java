/** The same action on many requests: previewed, done in portions, with the problems of each. */
@NullMarked
package fi.signspace.plugin.api.batch;

import org.jspecify.annotations.NullMarked;

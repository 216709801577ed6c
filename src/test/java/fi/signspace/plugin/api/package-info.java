/** Tests of our REST API, without HTTP. */
@NullMarked
package fi.signspace.plugin.api;

import org.jspecify.annotations.NullMarked;

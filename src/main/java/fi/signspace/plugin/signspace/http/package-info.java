/** HTTP exchanges with SignSpace: deadlines, size limits, encoding and decoding. */
@NullMarked
package fi.signspace.plugin.signspace.http;

import org.jspecify.annotations.NullMarked;

/** Tests of uploads, without HTTP. */
@NullMarked
package fi.signspace.plugin.api.bulk.upload;

import org.jspecify.annotations.NullMarked;

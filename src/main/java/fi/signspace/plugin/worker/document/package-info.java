/** Uploading documents and downloading the signed ones, with their evidence. */
@NullMarked
package fi.signspace.plugin.worker.document;

import org.jspecify.annotations.NullMarked;

/** What a caller uploads: the list, its options, and the documents, also those in a ZIP. */
@NullMarked
package fi.signspace.plugin.api.bulk.upload;

import org.jspecify.annotations.NullMarked;

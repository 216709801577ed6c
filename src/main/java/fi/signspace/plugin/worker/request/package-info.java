/** Creating a signing request exactly once, cancelling, re-opening and replacing its documents. */
@NullMarked
package fi.signspace.plugin.worker.request;

import org.jspecify.annotations.NullMarked;

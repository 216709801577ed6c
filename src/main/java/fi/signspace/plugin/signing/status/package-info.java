/** What a status of SignSpace means for the process. */
@NullMarked
package fi.signspace.plugin.signing.status;

import org.jspecify.annotations.NullMarked;

/** What has happened to a request, and what was corrected. */
@NullMarked
package fi.signspace.plugin.api.timeline;

import org.jspecify.annotations.NullMarked;

@NullMarked
package fi.signspace.plugin.api.timeline;

import org.jspecify.annotations.NullMarked;

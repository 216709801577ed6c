@NullMarked
package fi.signspace.plugin.api.call;

import org.jspecify.annotations.NullMarked;

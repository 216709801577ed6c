@NullMarked
package fi.signspace.plugin.api.delivery;

import org.jspecify.annotations.NullMarked;

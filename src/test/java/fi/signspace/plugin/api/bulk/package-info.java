@NullMarked
package fi.signspace.plugin.api.bulk;

import org.jspecify.annotations.NullMarked;

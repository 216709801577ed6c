@NullMarked
package fi.signspace.plugin.encryption;

import org.jspecify.annotations.NullMarked;

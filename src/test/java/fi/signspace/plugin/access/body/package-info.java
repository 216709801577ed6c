@NullMarked
package fi.signspace.plugin.access.body;

import org.jspecify.annotations.NullMarked;

@NullMarked
package fi.signspace.plugin.sandbox;

import org.jspecify.annotations.NullMarked;

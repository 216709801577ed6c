/** Defaults that make a first start without configuration possible. */
@NullMarked
package fi.signspace.plugin.engine.demo;

import org.jspecify.annotations.NullMarked;

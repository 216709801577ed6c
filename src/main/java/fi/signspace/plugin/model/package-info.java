/** What deployed models ask of the workers, and whether they will get it. */
@NullMarked
package fi.signspace.plugin.model;

import org.jspecify.annotations.NullMarked;

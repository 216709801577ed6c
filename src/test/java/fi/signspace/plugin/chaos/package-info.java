/** Real processes over real HTTP, which lose their power, their network and their patience. */
@NullMarked
package fi.signspace.plugin.chaos;

import org.jspecify.annotations.NullMarked;

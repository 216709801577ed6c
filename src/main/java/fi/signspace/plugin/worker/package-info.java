/** The external-task workers: one class per topic, and what they share. */
@NullMarked
package fi.signspace.plugin.worker;

import org.jspecify.annotations.NullMarked;

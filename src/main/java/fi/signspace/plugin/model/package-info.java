/** Checks the external tasks of deployed models against the topics and inputs of the workers. */
@NullMarked
package fi.signspace.plugin.model;

import org.jspecify.annotations.NullMarked;

/**
 * The public contract of the process in Java: process id, topics, messages, error codes and
 * variables.
 */
@NullMarked
package fi.signspace.plugin.process;

import org.jspecify.annotations.NullMarked;

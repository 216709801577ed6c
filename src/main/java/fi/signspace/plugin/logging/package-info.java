/**
 * Protects the log from user input: masks identity codes and escapes line breaks and control
 * characters. {@code logback-spring.xml} and {@code application.yaml} reference these classes.
 */
@NullMarked
package fi.signspace.plugin.logging;

import org.jspecify.annotations.NullMarked;

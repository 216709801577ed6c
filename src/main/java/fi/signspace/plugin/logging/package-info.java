/**
 * What the log shows of text that people typed: no identity code, and no character that ends the
 * line or moves the cursor. {@code logback-spring.xml} and {@code application.yaml} name the
 * classes.
 */
@NullMarked
package fi.signspace.plugin.logging;

import org.jspecify.annotations.NullMarked;

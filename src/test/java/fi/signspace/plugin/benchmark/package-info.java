/**
 * Benchmarks that anybody can run ({@code ./mvnw -Pbenchmark verify}). They measure whole processes
 * from outside, over HTTP and at the operating system.
 */
@NullMarked
package fi.signspace.plugin.benchmark;

import org.jspecify.annotations.NullMarked;

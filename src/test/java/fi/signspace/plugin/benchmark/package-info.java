/**
 * Benchmarks ({@code ./mvnw -Pbenchmark verify}). They measure complete processes from outside, by
 * HTTP and operating system statistics.
 */
@NullMarked
package fi.signspace.plugin.benchmark;

import org.jspecify.annotations.NullMarked;

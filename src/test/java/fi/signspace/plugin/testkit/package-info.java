/** Shared test infrastructure: processes, clocks, databases, proxies. */
@NullMarked
package fi.signspace.plugin.testkit;

import org.jspecify.annotations.NullMarked;

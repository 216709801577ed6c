/** What tests share: processes, clocks, databases, browsers. */
@NullMarked
package fi.signspace.plugin.testkit;

import org.jspecify.annotations.NullMarked;

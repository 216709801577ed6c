/** What protects SignSpace from overload: rate limit, circuit breaker, cooldown. */
@NullMarked
package fi.signspace.plugin.signspace.guard;

import org.jspecify.annotations.NullMarked;

/** The pages of the sandbox, and the calls of their buttons. */
@NullMarked
package fi.signspace.plugin.sandbox.page;

import org.jspecify.annotations.NullMarked;

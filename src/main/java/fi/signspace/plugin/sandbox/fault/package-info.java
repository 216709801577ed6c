/** Faults that a tester or a person switches on. */
@NullMarked
package fi.signspace.plugin.sandbox.fault;

import org.jspecify.annotations.NullMarked;

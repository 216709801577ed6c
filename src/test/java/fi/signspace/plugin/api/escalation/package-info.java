@NullMarked
package fi.signspace.plugin.api.escalation;

import org.jspecify.annotations.NullMarked;

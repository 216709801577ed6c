/** Shows requests: their status, participants, outcome and timeline. */
@NullMarked
package fi.signspace.plugin.api.view;

import org.jspecify.annotations.NullMarked;

/** Shows requests: their status, participants and outcome. */
@NullMarked
package fi.signspace.plugin.api.view;

import org.jspecify.annotations.NullMarked;

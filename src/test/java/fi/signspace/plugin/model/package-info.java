/** Static checks of the models: their contract, their rules, and their pictures. */
@NullMarked
package fi.signspace.plugin.model;

import org.jspecify.annotations.NullMarked;

/** Static checks of the models: contract, rules, and diagrams. */
@NullMarked
package fi.signspace.plugin.model;

import org.jspecify.annotations.NullMarked;

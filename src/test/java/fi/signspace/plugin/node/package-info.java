/** The processes that tests start beside themselves: the product's, others' engines, a database. */
@NullMarked
package fi.signspace.plugin.node;

import org.jspecify.annotations.NullMarked;

/** Whether the documentation agrees with the code and with itself. */
@NullMarked
package fi.signspace.plugin.docs;

import org.jspecify.annotations.NullMarked;

/** Rules for texts that people write and read: names, addresses, identity codes, file types. */
@NullMarked
package fi.signspace.plugin.signing.text;

import org.jspecify.annotations.NullMarked;

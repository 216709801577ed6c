/** Tests of the files in docker/, and of the services that they start. */
@NullMarked
package fi.signspace.plugin.docker;

import org.jspecify.annotations.NullMarked;

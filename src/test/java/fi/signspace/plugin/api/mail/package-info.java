@NullMarked
package fi.signspace.plugin.api.mail;

import org.jspecify.annotations.NullMarked;

/** What the web apps and the start page show. */
@NullMarked
package fi.signspace.plugin.engine.webapps;

import org.jspecify.annotations.NullMarked;

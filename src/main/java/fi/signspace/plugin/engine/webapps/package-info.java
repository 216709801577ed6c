/** The name and logo of the installation in Camunda's web apps, and the page that leads to them. */
@NullMarked
package fi.signspace.plugin.engine.webapps;

import org.jspecify.annotations.NullMarked;

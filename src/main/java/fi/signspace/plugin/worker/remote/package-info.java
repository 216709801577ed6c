/** Deploying the models to a remote engine, and checking what is deployed there. */
@NullMarked
package fi.signspace.plugin.worker.remote;

import org.jspecify.annotations.NullMarked;

/** Deploying the models and forms, and checking every deployed model. */
@NullMarked
package fi.signspace.plugin.engine.deployment;

import org.jspecify.annotations.NullMarked;

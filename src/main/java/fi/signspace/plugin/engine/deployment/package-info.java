/** Deploys the models and forms, and checks every deployed model. */
@NullMarked
package fi.signspace.plugin.engine.deployment;

import org.jspecify.annotations.NullMarked;

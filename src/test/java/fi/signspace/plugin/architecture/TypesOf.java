package fi.signspace.plugin.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;

/** Groups of foreign types that a rule speaks of. */
final class TypesOf {

  /** Its variables are values that the client shares with it. */
  static DescribedPredicate<JavaClass> theEmbeddedEngine() {
    return resideInAPackage("org.camunda.bpm.engine..")
        .and(DescribedPredicate.not(resideInAPackage("org.camunda.bpm.engine.variable..")))
        .as("belong to the embedded engine");
  }

  private TypesOf() {}
}

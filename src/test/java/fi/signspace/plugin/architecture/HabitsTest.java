package fi.signspace.plugin.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Date;

/** Habits that hold in every package, or in those whose results depend on the time. */
@AnalyzeClasses(packages = HouseTest.ROOT, importOptions = DoNotIncludeTests.class)
class HabitsTest {

  private static final String[] TIMED = {
    HouseTest.ROOT + ".signing..", HouseTest.ROOT + ".worker..", HouseTest.ROOT + ".signspace.."
  };

  @ArchTest
  static final ArchRule whatIsSaidIsLogged =
      NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.allowEmptyShould(true);

  @ArchTest
  static final ArchRule nowIsWhatTheClockSays =
      noClasses()
          .that()
          .resideInAnyPackage(TIMED)
          .should()
          .callCodeUnitWhere(asksTheMachineForTheTime())
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule aDateIsMadeOfAMoment =
      noClasses()
          .that()
          .resideInAnyPackage(TIMED)
          .should()
          .callConstructor(Date.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .allowEmptyShould(true);

  private static DescribedPredicate<JavaCall<?>> asksTheMachineForTheTime() {
    return target(owner(resideInAPackage("java.time..")))
        .and(target(name("now")))
        .and(target(rawParameterTypes(new Class<?>[0])))
        .forSubtype();
  }
}

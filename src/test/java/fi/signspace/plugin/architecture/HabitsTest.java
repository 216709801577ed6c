package fi.signspace.plugin.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import fi.signspace.plugin.SigningApplication;
import fi.signspace.plugin.environment.Spool;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.Date;
import javax.script.ScriptEngineManager;
import org.junit.jupiter.api.Test;

/** Habits that hold in every package, or in those whose results depend on the time. */
@AnalyzeClasses(packages = HouseTest.ROOT, importOptions = DoNotIncludeTests.class)
class HabitsTest {

  private static final String[] TIMED = {
    HouseTest.ROOT + ".signing..", HouseTest.ROOT + ".worker..", HouseTest.ROOT + ".signspace.."
  };

  /** The offline command is run by a person, who reads what it prints. */
  @ArchTest
  static final ArchRule what_is_said_is_logged =
      noClasses()
          .that()
          .areNotAssignableTo(SigningApplication.class)
          .should(ACCESS_STANDARD_STREAMS)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule now_is_what_the_clock_says =
      noClasses()
          .that()
          .resideInAnyPackage(TIMED)
          .should()
          .callCodeUnitWhere(asksTheMachineForTheTime())
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule a_date_is_made_of_a_moment =
      noClasses()
          .that()
          .resideInAnyPackage(TIMED)
          .should()
          .callConstructor(Date.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .allowEmptyShould(true);

  /** A name that somebody gave stays a name, whatever dots and slashes are in it. */
  @ArchTest
  static final ArchRule only_configured_files_are_touched =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              HouseTest.ROOT + ".encryption..", HouseTest.ROOT + ".evidence.command..")
          .and()
          // the names of its temporary files are random
          .doNotBelongToAnyOf(Spool.class)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.nio.file..")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(File.class, FileInputStream.class, FileOutputStream.class)
          .allowEmptyShould(true);

  /** The engine's own expression languages, JUEL and FEEL, are all that there is. */
  @Test
  void no_script_engine_is_on_the_class_path() {
    assertThat(new ScriptEngineManager().getEngineFactories())
        .allMatch(factory -> factory.getClass().getName().startsWith("org.camunda."));
  }

  private static DescribedPredicate<JavaCall<?>> asksTheMachineForTheTime() {
    return target(owner(resideInAPackage("java.time..")))
        .and(target(name("now")))
        .and(target(rawParameterTypes(new Class<?>[0])))
        .forSubtype();
  }
}

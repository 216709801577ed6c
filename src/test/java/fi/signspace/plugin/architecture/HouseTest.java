package fi.signspace.plugin.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** Arrows point one way, and some knowledge stays in one package. */
@AnalyzeClasses(packages = HouseTest.ROOT, importOptions = DoNotIncludeTests.class)
class HouseTest {

  static final String ROOT = "fi.signspace.plugin";

  @ArchTest
  static final ArchRule arrows_point_one_way =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("process")
          .definedBy(ROOT + ".process..")
          .layer("model")
          .definedBy(ROOT + ".model..")
          .layer("http")
          .definedBy(ROOT + ".http..")
          .layer("signing")
          .definedBy(ROOT + ".signing..")
          .layer("signspace")
          .definedBy(ROOT + ".signspace..")
          .layer("encryption")
          .definedBy(ROOT + ".encryption..")
          .layer("evidence")
          .definedBy(ROOT + ".evidence..")
          .layer("worker")
          .definedBy(ROOT + ".worker..")
          .layer("access")
          .definedBy(ROOT + ".access..")
          .layer("engine")
          .definedBy(ROOT + ".engine..")
          .layer("sandbox")
          .definedBy(ROOT + ".sandbox..")
          .layer("api")
          .definedBy(ROOT + ".api..")
          .layer("bulk")
          .definedBy(ROOT + ".bulk..")
          .layer("environment")
          .definedBy(ROOT + ".environment..")
          .whereLayer("environment")
          .mayOnlyAccessLayers("http")
          .whereLayer("process")
          .mayOnlyAccessLayers("signing")
          .whereLayer("model")
          .mayOnlyAccessLayers("process")
          .whereLayer("http")
          .mayNotAccessAnyLayer()
          .whereLayer("signing")
          .mayNotAccessAnyLayer()
          .whereLayer("bulk")
          .mayOnlyAccessLayers("signing", "process")
          .whereLayer("signspace")
          .mayOnlyAccessLayers("environment", "signing", "http")
          .whereLayer("encryption")
          .mayOnlyAccessLayers("signing", "process")
          .whereLayer("evidence")
          .mayNotAccessAnyLayer()
          .whereLayer("worker")
          .mayOnlyAccessLayers(
              "environment", "signing", "process", "model", "encryption", "evidence", "http")
          .whereLayer("api")
          .mayOnlyAccessLayers(
              "environment", "signing", "process", "bulk", "encryption", "evidence", "http")
          .whereLayer("access")
          .mayNotAccessAnyLayer()
          .whereLayer("engine")
          .mayOnlyAccessLayers(
              "environment",
              "process",
              "signing",
              "model",
              "encryption",
              "evidence",
              "access",
              "http")
          .whereLayer("sandbox")
          .mayNotAccessAnyLayer();

  /** A step's work is above what carries it out, and that above the task and the engine. */
  @ArchTest
  static final ArchRule workers_are_layered =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("document")
          .definedBy(ROOT + ".worker.document..")
          .layer("request")
          .definedBy(ROOT + ".worker.request..")
          .layer("status")
          .definedBy(ROOT + ".worker.status..")
          .layer("remote")
          .definedBy(ROOT + ".worker.remote..")
          .layer("state")
          .definedBy(ROOT + ".worker.state..")
          .layer("execution")
          .definedBy(ROOT + ".worker.execution..")
          .layer("task")
          .definedBy(ROOT + ".worker.task..")
          .whereLayer("document")
          .mayOnlyAccessLayers("request", "status", "state", "execution", "task")
          .whereLayer("request")
          .mayOnlyAccessLayers("status", "state", "execution", "task")
          .whereLayer("status")
          .mayOnlyAccessLayers("state", "execution", "task")
          .whereLayer("remote")
          .mayOnlyAccessLayers("execution", "task")
          .whereLayer("state")
          .mayOnlyAccessLayers("execution", "task")
          .whereLayer("execution")
          .mayOnlyAccessLayers("task")
          .whereLayer("task")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule lists_are_an_addition_to_the_api =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".api.bulk..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".api.bulk..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nothing_depends_on_the_sandbox =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".sandbox..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".sandbox..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule the_domain_knows_nothing_but_java =
      classes()
          .that()
          .resideInAPackage(ROOT + ".signing..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(ROOT + ".signing..", "java..", "org.jspecify..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule the_contract_knows_the_domain_and_java =
      classes()
          .that()
          .resideInAPackage(ROOT + ".process..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(ROOT + ".process..", ROOT + ".signing..", "java..", "org.jspecify..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule only_the_signspace_client_knows_feign =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".signspace..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("feign..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule only_encryption_and_evidence_know_their_library =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + ".encryption..", ROOT + ".evidence..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.nimbusds..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule only_evidence_reads_signatures_of_pdfs =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".evidence..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bouncycastle..")
          .allowEmptyShould(true);

  /** It answers within a second, and runs wherever there is a JDK. */
  @ArchTest
  static final ArchRule the_offline_command_starts_no_spring =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".evidence.command..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "java.net..")
          .allowEmptyShould(true);

  /** A worker may run on a machine of its own: it knows the engine's client, not the engine. */
  @ArchTest
  static final ArchRule workers_do_not_reach_into_the_engine =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + ".worker..", ROOT + ".signspace..", ROOT + ".sandbox..", ROOT + ".access..")
          .should()
          .dependOnClassesThat(TypesOf.theEmbeddedEngine())
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule no_package_depends_on_itself_through_another =
      slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule a_package_is_named_after_what_it_is_about =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..common..", "..config..", "..constants..", "..impl..")
          .allowEmptyShould(true);

  /** By Java, Spring, Camunda, Jersey, Hikari and Logback. */
  private static final Set<String> CREATED_BY_NAME =
      Set.of(
          "SigningApplication",
          "AdminApplicationWithoutSetup",
          "DemoDefaults",
          "LoginIdentityProvider",
          "LostDatabase",
          "RedactedErrors",
          "RestFailures",
          "SafeContext",
          "SafeJson",
          "SafeMessage",
          "SafeStackTrace",
          "SignSpaceCockpitPlugin",
          "SignedDocumentsTasklistPlugin",
          "SigningListsTasklistPlugin",
          "WorkerSecret");

  /** For constants, nested classes and Javadoc, or by tests. */
  private static final Set<String> USED_OTHERWISE =
      Set.of(
          "BulkProcess",
          "DeliveryEnginePlugin",
          "FailureTranslator",
          "FewQueriesAuthorizationManager",
          "ModelProperties",
          "Redactor",
          "SigningGroups",
          "SignSpaceProperties");

  @ArchTest
  static final ArchRule a_type_is_public_only_if_another_package_uses_it =
      classes()
          .that()
          .arePublic()
          .and()
          .areTopLevelClasses()
          .and(areNot(CREATED_BY_NAME))
          .and(areNot(USED_OTHERWISE))
          .should(beUsedByAnotherPackage())
          .allowEmptyShould(true);

  private static DescribedPredicate<JavaClass> areNot(Set<String> names) {
    return DescribedPredicate.describe(
        "are not one of " + names, type -> !names.contains(type.getSimpleName()));
  }

  private static ArchCondition<JavaClass> beUsedByAnotherPackage() {
    return new ArchCondition<>("be used by another package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean isUsed =
            type.getDirectDependenciesToSelf().stream()
                .map(use -> use.getOriginClass().getPackageName())
                .anyMatch(user -> !user.equals(type.getPackageName()));
        events.add(new SimpleConditionEvent(type, isUsed, type.getName() + " is not"));
      }
    };
  }
}

package fi.signspace.plugin.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Arrows point one way, and some knowledge stays in one package. */
@AnalyzeClasses(packages = HouseTest.ROOT, importOptions = DoNotIncludeTests.class)
class HouseTest {

  static final String ROOT = "fi.signspace.plugin";

  @ArchTest
  static final ArchRule arrowsPointOneWay =
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
          .layer("environment")
          .definedBy(ROOT + ".environment..")
          .whereLayer("environment")
          .mayOnlyAccessLayers("http")
          .whereLayer("process")
          .mayNotAccessAnyLayer()
          .whereLayer("model")
          .mayOnlyAccessLayers("process")
          .whereLayer("http")
          .mayNotAccessAnyLayer()
          .whereLayer("signing")
          .mayNotAccessAnyLayer()
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
          .mayOnlyAccessLayers("signing", "process", "encryption", "evidence", "http")
          .whereLayer("access")
          .mayNotAccessAnyLayer()
          .whereLayer("engine")
          .mayOnlyAccessLayers(
              "environment", "process", "signing", "model", "encryption", "evidence", "access")
          .whereLayer("sandbox")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule nothingDependsOnTheSandbox =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".sandbox..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".sandbox..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theDomainKnowsNothingButJava =
      classes()
          .that()
          .resideInAPackage(ROOT + ".signing..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(ROOT + ".signing..", "java..", "org.jspecify..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theContractKnowsNothingButJava =
      classes()
          .that()
          .resideInAPackage(ROOT + ".process..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(ROOT + ".process..", "java..", "org.jspecify..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyTheSignSpaceClientKnowsFeign =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".signspace..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("feign..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyEncryptionAndEvidenceKnowTheirLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + ".encryption..", ROOT + ".evidence..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.nimbusds..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyEvidenceReadsSignaturesOfPdfs =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".evidence..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bouncycastle..")
          .allowEmptyShould(true);

  /** It answers within a second, and runs wherever there is a JDK. */
  @ArchTest
  static final ArchRule theOfflineCommandStartsNoSpring =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".evidence.command..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "java.net..")
          .allowEmptyShould(true);

  /** A worker may run on a machine of its own: it knows the engine's client, not the engine. */
  @ArchTest
  static final ArchRule workersDoNotReachIntoTheEngine =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + ".worker..", ROOT + ".signspace..", ROOT + ".sandbox..", ROOT + ".access..")
          .should()
          .dependOnClassesThat(TypesOf.theEmbeddedEngine())
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule noPackageDependsOnItselfThroughAnother =
      slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule aPackageIsNamedAfterWhatItIsAbout =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..common..", "..config..", "..constants..", "..impl..")
          .allowEmptyShould(true);
}

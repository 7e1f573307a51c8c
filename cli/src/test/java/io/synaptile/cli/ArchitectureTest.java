/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Dependencies point one way: cli to experiment to training to mapping to devices and the engine, and reports to nothing of
 * ours.
 */
@AnalyzeClasses(
        packages = "io.synaptile",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.DoNotIncludeJarsOfTests.class})
class ArchitectureTest {
    /** A build that makes jars has the tests of other modules in one, not in a folder. */
    static final class DoNotIncludeJarsOfTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String[] CORE = {
        "io.synaptile.sim.network..",
        "io.synaptile.sim.spikes..",
        "io.synaptile.sim.random..",
        "io.synaptile.sim.compute..",
        "io.synaptile.sim.engine.."
    };

    /** A rule on a package that is not there would hold whatever happens. */
    @ArchTest
    static void theEngineHasThesePackages(JavaClasses all) {
        for (String name : CORE) {
            assertThat(all.that(resideInAPackage(name))).as(name).isNotEmpty();
        }
    }

    @ArchTest
    static final ArchRule devicesKnowTheReaderOfTablesAlone = classes()
            .that()
            .resideInAPackage("io.synaptile.devices..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.synaptile.devices..", "io.synaptile.text..");

    @ArchTest
    static final ArchRule theReaderOfTablesKnowsNothingOfOurs = noClasses()
            .that()
            .resideInAPackage("io.synaptile.text..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.synaptile..").and(resideOutsideOfPackage("io.synaptile.text..")));

    @ArchTest
    static final ArchRule theEngineKnowsOnlyTheJdk = classes()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with("java..", "jdk.incubator.vector.."));

    @ArchTest
    static final ArchRule mappingJoinsDevicesAndTheEngine = classes()
            .that()
            .resideInAPackage("io.synaptile.mapping..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    with("java..", "io.synaptile.text.message..", "io.synaptile.devices..", "io.synaptile.mapping.."));

    @ArchTest
    static final ArchRule trainingDrawsItsVariationThroughTheMapping = classes()
            .that()
            .resideInAPackage("io.synaptile.training..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(
                    "java..",
                    "io.synaptile.text.message..",
                    "io.synaptile.devices..",
                    "io.synaptile.mapping..",
                    "io.synaptile.training.."));

    @ArchTest
    static final ArchRule reportsKnowNothingOfOurs = noClasses()
            .that()
            .resideInAPackage("io.synaptile.reports..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(with(
                    "io.synaptile.devices..",
                    "io.synaptile.mapping..",
                    "io.synaptile.training..",
                    "io.synaptile.experiment..",
                    "io.synaptile.cli.."));

    @ArchTest
    static final ArchRule filesKnowTheEngineOnly = noClasses()
            .that()
            .resideInAPackage("io.synaptile.sim.io..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.synaptile.devices..",
                    "io.synaptile.mapping..",
                    "io.synaptile.training..",
                    "io.synaptile.reports..",
                    "io.synaptile.experiment..",
                    "io.synaptile.cli..");

    @ArchTest
    static final ArchRule nothingKnowsTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("io.synaptile.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.synaptile.cli..");

    @ArchTest
    static final ArchRule onlyTheCommandLineParsesArguments = noClasses()
            .that()
            .resideOutsideOfPackage("io.synaptile.cli")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "me.tongfei..");

    @ArchTest
    static final ArchRule onlyTheCpuBackendUsesTheVectorModule = noClasses()
            .that()
            .resideOutsideOfPackage("io.synaptile.sim.compute.cpu..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.vector..");

    @ArchTest
    static final ArchRule onlyTheDenseBackendUsesNd4j = noClasses()
            .that()
            .resideOutsideOfPackage("io.synaptile.sim.nd4j..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.bytedeco..");

    @ArchTest
    static final ArchRule onlyItsBackendUsesTornadoVm = noClasses()
            .that()
            .resideOutsideOfPackage("io.synaptile.sim.tornado..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("uk.ac.manchester.tornado..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.synaptile.(**)").should().beFreeOfCycles();

    private static String[] with(String... more) {
        String[] all = new String[CORE.length + more.length];
        System.arraycopy(CORE, 0, all, 0, CORE.length);
        System.arraycopy(more, 0, all, CORE.length, more.length);
        return all;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.synaptile.mapping", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.synaptile.mapping.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule codecsKnowNothingOfTilesOrChips = classes()
            .that()
            .resideInAPackage("..mapping.codec..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "..mapping.codec..",
                    "..mapping.property..",
                    "..devices..",
                    "..sim.network..",
                    "..text.message..");

    @ArchTest
    static final ArchRule onlyTheEngineDevicesAndMessagesAreUsed = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "..mapping..", "..devices..", "..sim..", "..text.message..");
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.synaptile.board", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.synaptile.board.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyArraysAndTheirWireFormAreUsed = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "..board..",
                    "..mapping.port..",
                    "..devices..",
                    "io.grpc..",
                    "com.google..",
                    "javax.annotation..");
}

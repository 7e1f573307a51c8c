/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Physics depends on the JDK and on the reader of text tables only, and its packages form no cycle. */
@AnalyzeClasses(packages = "io.synaptile", importOptions = ImportOption.DoNotIncludeTests.class)
class DependenciesTest {
    @ArchTest
    static final ArchRule ONLY_THE_JDK_AND_TEXT = classes()
            .that()
            .resideInAPackage("io.synaptile.devices..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.synaptile.devices..", "io.synaptile.text..", "java..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.synaptile.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_CONTRACT_NAMES_NO_IMPLEMENTATION = classes()
            .that()
            .resideInAPackage("io.synaptile.devices")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.synaptile.devices", "io.synaptile.text.message", "java..");
}

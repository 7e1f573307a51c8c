/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.synaptile.text", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule itKnowsCommonsCsvAlone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.synaptile.text..", "org.apache.commons.csv..");

    @ArchTest
    static final ArchRule noPublicMethodGivesWhatCommonsCsvHas = noMethods()
            .that()
            .arePublic()
            .should()
            .haveRawReturnType(DescribedPredicate.describe(
                    "of Commons CSV", (JavaClass type) -> type.getPackageName().startsWith("org.apache")));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.synaptile.text.(*)..").should().beFreeOfCycles();
}

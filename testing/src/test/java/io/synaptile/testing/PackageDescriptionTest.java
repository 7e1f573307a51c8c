/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every package says what it is for and is named after a thing of the field. */
class PackageDescriptionTest {
    /** Names for kinds of classes, which say nothing about what the classes do. */
    private static final Set<String> KINDS_OF_CLASSES = Set.of(
            "base",
            "common",
            "core",
            "helper",
            "helpers",
            "impl",
            "internal",
            "manager",
            "managers",
            "misc",
            "service",
            "shared",
            "support",
            "util",
            "utils");

    @Test
    void everyPackageDescribesItself() throws IOException {
        Set<Path> packages = new TreeSet<>();
        for (Path file : Sources.of("main")) {
            packages.add(file.getParent());
        }
        assertThat(packages).as("packages of all modules").hasSizeGreaterThan(40);
        List<String> silent = new ArrayList<>();
        for (Path folder : packages) {
            Path description = folder.resolve("package-info.java");
            if (!Files.exists(description) || !Files.readString(description).contains("/**")) {
                silent.add(Sources.name(folder));
            }
        }
        assertThat(silent)
                .as("packages without a description in package-info.java")
                .isEmpty();
    }

    @Test
    void noPackageIsNamedAfterAKindOfClass() throws IOException {
        for (Path file : Sources.of("main")) {
            String path = Sources.name(file.getParent());
            String packageName = path.substring(path.indexOf("java/") + "java/".length());
            assertThat(packageName.split("/")).as(path).doesNotContainAnyElementsOf(KINDS_OF_CLASSES);
        }
    }
}

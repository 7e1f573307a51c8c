/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code mvn -pl experiment -am test -Dtest=ReferencePageTest -Dsynaptile.update.reference=true} writes the page again. */
class ReferencePageTest {
    private static final Path PAGE = Path.of("..", "docs", "reference.md");

    @Test
    void thePageInTheRepositoryIsUpToDate() throws Exception {
        if (Boolean.getBoolean("synaptile.update.reference")) {
            Files.writeString(PAGE, ReferencePage.markdown());
        }
        assertThat(PAGE).hasContent(ReferencePage.markdown());
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TablesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "tables.md");

    /** With {@code -Dsynaptile.update.reference=true} the page is written instead. */
    @Test
    void pageListsEveryTableAndColumn() throws IOException {
        if (Boolean.getBoolean("synaptile.update.reference")) {
            Files.writeString(PAGE, TablesPage.markdown());
        }
        assertThat(PAGE).content().isEqualTo(TablesPage.markdown());
    }
}

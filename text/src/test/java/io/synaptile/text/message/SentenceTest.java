/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class SentenceTest {
    /** Two properties of some part. */
    private enum Some implements Property {
        ROWS,
        COLUMNS;

        @Override
        public String words() {
            return "the " + name().toLowerCase(Locale.ROOT) + " of a tile";
        }
    }

    @Test
    void aValueIsRefusedInWordsAndWithOtherNames() {
        RefusedException refused = RefusedException.mustBe(Some.ROWS, "at least 1", 0);
        assertThat(refused).hasMessage("the rows of a tile must be at least 1, got 0");
        assertThat(refused.sentence().with(_ -> "tile.rows")).isEqualTo("tile.rows must be at least 1, got 0");
        assertThat(refused.property()).contains(Some.ROWS);
        assertThat(refused.allowed()).contains("at least 1");
        assertThat(refused.found()).contains("0");
        assertThat(refused.part()).isEmpty();
    }

    @Test
    void aPartThatIsNamedComesFirst() {
        RefusedException refused =
                RefusedException.mustBe(Some.ROWS, "at least 1", 0).in("layer", "fc");
        assertThat(refused).hasMessage("layer fc: the rows of a tile must be at least 1, got 0");
        assertThat(refused.part()).contains("fc");
        assertThat(refused.found()).contains("0");
        assertThat(refused.getCause()).hasMessage("the rows of a tile must be at least 1, got 0");
    }

    @Test
    void everyPropertyOfASentenceIsNamedInItsPlace() {
        Sentence sentence = Sentence.of("raise ", Some.COLUMNS, " or ", Some.ROWS, ", of which there are ", 8);
        assertThat(sentence.properties()).containsExactly(Some.COLUMNS, Some.ROWS);
        assertThat(sentence.with(property -> property == Some.ROWS ? "r" : "c"))
                .isEqualTo("raise c or r, of which there are 8");
        assertThat(sentence).hasToString("raise the columns of a tile or the rows of a tile, of which there are 8");
        assertThat(RefusedException.of("no ", "property").property()).isEmpty();
    }
}

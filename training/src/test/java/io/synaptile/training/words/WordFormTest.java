/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.training.transform.GroupLasso;
import io.synaptile.training.transform.KBitQuantiser;
import io.synaptile.training.transform.MagnitudeMask;
import io.synaptile.training.transform.Unquantised;
import io.synaptile.training.transform.ZeroLevelQuantiser;
import org.junit.jupiter.api.Test;

class WordFormTest {
    private static final WordForm.Pruning PRUNING = new WordForm.Pruning(1e-3, 0.5, false, 0.1);

    @Test
    void wordsThatStartAtZeroAddNothingToWeightsThatStayWhole() {
        assertThat(WordForm.fromZero(4, 2, 1, 0, false)).isEqualTo(new WordForm(4, 2, 1, 1f, true, 0));
        assertThat(WordForm.fromZero(4, 2, 0, 0, true)).isEqualTo(new WordForm(4, 4, 0, 1f, false, 0));
    }

    @Test
    void sumsAreDividedByWhatBothAreWorth() {
        assertThat(WordForm.beside(4, 2, 1, 0, false)).isEqualTo(new WordForm(4, 2, 1, 3f, false, 0));
        assertThat(WordForm.beside(4, 2, -1, 0, false)).isEqualTo(new WordForm(4, 2, -1, 1.5f, false, 0));
        assertThat(WordForm.beside(4, 2, 1, 0, true)).isEqualTo(new WordForm(4, 2, 1, 2f, false, 0));
    }

    @Test
    void wordsThatGoOnKeepWhatTheyWere() {
        WordForm zero = WordForm.fromZero(4, 2, 0, 0, false);
        assertThat(WordForm.continuing(zero, 4, 2, 1, 8, false)).isEqualTo(new WordForm(4, 2, 1, 1f, true, 8));
        WordForm beside = WordForm.beside(4, 2, 0, 0, false);
        assertThat(WordForm.continuing(beside, 4, 2, 1, 8, false)).isEqualTo(new WordForm(4, 2, 1, 3f, false, 8));
        assertThat(WordForm.continuing(beside, 4, 2, 1, 8, true).divisor()).isEqualTo(2f);
        assertThat(WordForm.continuing(zero, 4, 2, 1, 8, true).divisor()).isEqualTo(1f);
    }

    @Test
    void stagesQuantiseAndPrune() {
        assertThat(WordForm.beside(4, 0, 0, 0, false).stages(PRUNING)).containsExactly(new Unquantised());
        assertThat(WordForm.beside(4, 2, 0, 0, false).stages(PRUNING)).containsExactly(KBitQuantiser.of(2));
        assertThat(WordForm.fromZero(4, 2, 0, 0, false).stages(PRUNING)).containsExactly(new ZeroLevelQuantiser(2));
        assertThat(WordForm.beside(4, 2, 0, 8, false).stages(PRUNING))
                .hasExactlyElementsOfTypes(GroupLasso.class, MagnitudeMask.class);
    }
}

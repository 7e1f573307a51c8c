/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.network.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTest {
    private static final Normalisation HALVES =
            new Normalisation(16, List.of(0.5f, 0.25f), List.of(0.5f, 0.25f), "hand-worked");

    /** Three images of two channels and one row of two pixels. */
    private static Dataset tiny(int... lastPixelAndLabel) {
        byte[] pixels = {0, 8, 16, 4, 8, 8, 4, 4, 16, 16, 0, (byte) lastPixelAndLabel[0]};
        return new Dataset(
                "tiny", new Shape(2, 1, 2), 3, HALVES, List.of(), pixels, new byte[] {0, 2, (byte) lastPixelAndLabel[1]
                });
    }

    @Test
    void pixelsAreNormalisedPerChannelInTheOrderChannelHeightWidth() {
        assertThat(tiny(0, 1).images(new int[] {2, 0})).containsExactly(1f, 1f, -1f, -1f, -1f, 0f, 3f, 0f);
    }

    @Test
    void slicesKeepTheNumberOfTheSample() {
        Dataset slice = tiny(4, 1).slice(1, 3);

        assertThat(slice.size()).isEqualTo(2);
        assertThat(slice.label(1)).isEqualTo(1);
        assertThat(slice.sampleId(1)).isEqualTo(2);
        assertThat(slice.rawPixel(1, 3)).isEqualTo(4);
        assertThat(slice.images(0, 1)).containsExactly(tiny(4, 1).images(1, 1));
        assertThatThrownBy(() -> slice.label(2)).hasMessage("data set tiny: sample 2 of 2");
    }

    @Test
    void paddingPutsBlackAroundEveryImageAndKeepsNumbersAndLabels() {
        Dataset padded = tiny(4, 1).slice(1, 3).paddedTo(new Shape(2, 3, 5));

        assertThat(padded.shape()).isEqualTo(new Shape(2, 3, 5));
        assertThat(padded.size()).isEqualTo(2);
        assertThat(padded.label(1)).isEqualTo(1);
        assertThat(padded.sampleId(1)).isEqualTo(2);
        int[] raw = new int[30];
        Arrays.setAll(raw, pixel -> (int) padded.rawPixel(1, pixel));
        assertThat(raw)
                .containsExactly(
                        0, 0, 0, 0, 0, 0, 16, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0);
        // Black of the first channel is (0 / 16 - 0.5) / 0.5.
        assertThat(padded.images(1, 1)[0]).isEqualTo(-1f);
        assertThat(padded.paddedTo(padded.shape())).isSameAs(padded);
    }

    @Test
    void imagesAreNotCutByPadding() {
        assertThatThrownBy(() -> tiny(0, 1).paddedTo(new Shape(2, 3, 1)))
                .hasMessage("data set tiny: 2x1x2 cannot be padded to 2x3x1");
        assertThatThrownBy(() -> tiny(0, 1).paddedTo(new Shape(1, 1, 2))).hasMessageContaining("1x1x2");
    }

    @Test
    void valuesOutsideTheirRangeAreRefused() {
        assertThatThrownBy(() -> tiny(17, 1)).hasMessage("data set tiny: pixel 17, allowed are 0-16");
        assertThatThrownBy(() -> tiny(0, 3)).hasMessage("data set tiny: label 3, allowed are 0-2");
        assertThatThrownBy(() -> tiny(0, -1)).hasMessage("data set tiny: label 255, allowed are 0-2");
    }

    @Test
    void validationIsTheLastPartOfTheTrainingSamples() {
        DatasetSplits splits = new DatasetParts(tiny(0, 1), tiny(0, 1)).split(0.34);

        assertThat(splits.train().size()).isEqualTo(2);
        assertThat(splits.validation().sampleId(0)).isEqualTo(2);
        assertThat(splits.test().size()).isEqualTo(3);
        assertThatThrownBy(() -> new DatasetParts(tiny(0, 1), tiny(0, 1)).split(1))
                .hasMessageStartingWith("the validation fraction must be 0 (included) to 1 (excluded), got 1.0");
    }
}

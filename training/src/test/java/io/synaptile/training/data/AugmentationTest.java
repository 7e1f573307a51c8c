/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.network.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AugmentationTest {
    private static final Shape SHAPE = new Shape(2, 3, 4);
    private static final List<Float> PAD = List.of(-1f, -2f);

    @Test
    void noneLeavesTheImage() {
        assertThat(apply(Augmentation.none(), 1, 1)).containsExactly(image());
    }

    /** Every result is one of the 3 x 3 shifts, plain or mirrored, of the padded image; all of them occur. */
    @Test
    void everyShiftAndMirrorImageOccursAndNothingElse() {
        Map<String, Integer> expected = new HashMap<>();
        for (int down = -1; down <= 1; down++) {
            for (int right = -1; right <= 1; right++) {
                expected.put(Arrays.toString(shifted(down, right, false)), 0);
                expected.put(Arrays.toString(shifted(down, right, true)), 0);
            }
        }
        Augmentation augmentation = new Augmentation(1, true, PAD);
        for (int sample = 0; sample < 1000; sample++) {
            String found = Arrays.toString(apply(augmentation, sample, 0));
            assertThat(expected).containsKey(found);
            expected.merge(found, 1, Integer::sum);
        }
        assertThat(expected).hasSize(18);
        assertThat(expected.values()).allMatch(count -> count > 20);
    }

    @Test
    void drawsDependOnSampleAndEpochAlone() {
        Augmentation augmentation = new Augmentation(2, true, PAD);
        assertThat(apply(augmentation, 5, 3)).containsExactly(apply(augmentation, 5, 3));
        boolean epochMatters = false;
        boolean sampleMatters = false;
        for (int i = 1; i < 20; i++) {
            epochMatters |= !Arrays.equals(apply(augmentation, 0, 0), apply(augmentation, 0, i));
            sampleMatters |= !Arrays.equals(apply(augmentation, 0, 0), apply(augmentation, i, 0));
        }
        assertThat(epochMatters).isTrue();
        assertThat(sampleMatters).isTrue();
    }

    @Test
    void theFlipDoesNotChangeTheCrops() {
        Augmentation plain = new Augmentation(1, false, PAD);
        Augmentation flipping = new Augmentation(1, true, PAD);
        int same = 0;
        for (int sample = 0; sample < 200; sample++) {
            same += Arrays.equals(apply(plain, sample, 0), apply(flipping, sample, 0)) ? 1 : 0;
        }
        assertThat(same).isBetween(60, 140);
    }

    @Test
    void padValuesMustMatchTheChannels() {
        assertThatThrownBy(() -> new Augmentation(1, false, List.of(0f)).check(SHAPE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crop padding needs one value per channel, got [0.0] for 2x3x4");
    }

    private static float[] image() {
        float[] image = new float[SHAPE.size()];
        for (int i = 0; i < image.length; i++) {
            image[i] = i + 1;
        }
        return image;
    }

    private static float[] apply(Augmentation augmentation, long sample, int epoch) {
        float[] into = new float[SHAPE.size() + 3];
        augmentation.apply(image(), SHAPE, into, 3, 9, sample, epoch);
        return Arrays.copyOfRange(into, 3, into.length);
    }

    private static float[] shifted(int down, int right, boolean mirror) {
        float[] image = image();
        float[] out = new float[image.length];
        for (int c = 0; c < 2; c++) {
            for (int y = 0; y < 3; y++) {
                for (int x = 0; x < 4; x++) {
                    int fromY = y + down;
                    int fromX = x + right;
                    float value = fromY < 0 || fromY > 2 || fromX < 0 || fromX > 3
                            ? PAD.get(c)
                            : image[c * 12 + fromY * 4 + fromX];
                    out[c * 12 + y * 4 + (mirror ? 3 - x : x)] = value;
                }
            }
        }
        return out;
    }
}

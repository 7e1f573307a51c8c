/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.engine.BatchReader;
import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.data.Augmentation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchReaderTest {
    private static final Shape SHAPE = new Shape(1, 3, 3);
    private static final ImageSource IMAGES = new Clusters(20, SHAPE, 3, 0.5f, 1);

    @Test
    void imagesLabelsAndIdsFollowTheOrder() {
        BatchReader reader = reader(IMAGES, Augmentation.none());
        BatchReader.Batch batch = reader.read(new int[] {0, 7, 3, 19}, 1, 4, 5);
        float[] expected = new float[27];
        IMAGES.image(7, expected, 0);
        IMAGES.image(3, expected, 9);
        IMAGES.image(19, expected, 18);
        assertThat(batch.input().images()).containsExactly(expected);
        assertThat(batch.input().sampleIds()).containsExactly(7, 3, 19);
        assertThat(batch.input().pass()).isEqualTo(5);
        assertThat(batch.labels()).containsExactly(1, 0, 1);
    }

    @Test
    void aRangeKeepsTheIdsOfTheWhole() {
        ImageSource part = IMAGES.range(10, 15);
        assertThat(part.size()).isEqualTo(5);
        BatchReader.Batch batch = reader(part, Augmentation.none()).read(new int[] {4, 0}, 0, 2, 0);
        assertThat(batch.input().sampleIds()).containsExactly(14, 10);
        assertThat(batch.labels()).containsExactly(2, 1);
        assertThatThrownBy(() -> part.label(5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> IMAGES.range(10, 21)).hasMessage("images 10 to 21 asked for, there are 20");
    }

    @Test
    void augmentedImagesDoNotDependOnTheGrouping() {
        Augmentation augmentation = new Augmentation(2, true, List.of(-9f));
        int[] order = EpochOrder.shuffled(20, 1, 0);
        float[] whole =
                reader(IMAGES, augmentation).read(order, 0, 20, 3).input().images();
        BatchReader other = reader(IMAGES, augmentation);
        for (int i = 0; i < 20; i += 5) {
            assertThat(other.read(order, i, i + 5, 3).input().images())
                    .containsExactly(Arrays.copyOfRange(whole, i * 9, (i + 5) * 9));
        }
    }

    @Test
    void labelThatIsNoClassIsRefused() {
        ImageSource wrong = new ImageSource() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public Shape shape() {
                return SHAPE;
            }

            @Override
            public int classes() {
                return 10;
            }

            @Override
            public void image(int index, float[] into, int offset) {}

            @Override
            public int label(int index) {
                return 10;
            }
        };
        assertThatThrownBy(() -> reader(wrong, Augmentation.none()).read(new int[] {0}, 0, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("image 0: label 10 is outside 0-9");
    }

    private static BatchReader reader(ImageSource source, Augmentation augmentation) {
        return new BatchReader(source, augmentation, 2, new Encoder.Direct(), 42);
    }
}

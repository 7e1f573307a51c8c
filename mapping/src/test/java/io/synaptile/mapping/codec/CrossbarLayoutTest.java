/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.mapping.Cases;
import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.Shape;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrossbarLayoutTest {
    private static Network.Node only(Shape input, Layer layer) {
        NetworkBuilder builder = new NetworkBuilder("one", input);
        builder.add("layer", layer);
        builder.add("out", new Layer.ReadOut());
        return builder.build().node(0);
    }

    private static float[] counting(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i;
        }
        return values;
    }

    @Test
    void kernelRowsRunOverChannelsFirst() {
        CrossbarLayout layout = CrossbarLayout.of(only(new Shape(2, 3, 3), new Layer.Conv2d(2, 2, 1, 0)));
        assertThat(layout.rows()).isEqualTo(8);
        // Weight [o, c, ky, kx] counts 8 o + 4 c + 2 ky + kx; row 2 (2 ky + kx) + c.
        assertThat(layout.toMatrix(counting(16))).containsExactly(0, 8, 4, 12, 1, 9, 5, 13, 2, 10, 6, 14, 3, 11, 7, 15);
    }

    /** Two taps below each other, whatever lies between them: rows (line, channel), of two channels. */
    @Test
    void rowsOfAnOblongKernelRunOverItsTaps() {
        Layer.Conv2d conv = new Layer.Conv2d(1, new Extent(2, 1), Extent.square(1), Extent.square(0), Extent.square(2));
        CrossbarLayout layout = CrossbarLayout.of(only(new Shape(2, 3, 1), conv));
        assertThat(layout.rows()).isEqualTo(4);
        assertThat(layout.toMatrix(counting(4))).containsExactly(0, 2, 1, 3);
    }

    /** Two groups of two inputs and one output, two taps: weight [o, c, k] counts 4 o + 2 c + k, row 4 k + input. */
    @Test
    void cellsBetweenGroupsHoldZero() {
        Layer.Conv2d conv =
                new Layer.Conv2d(2, new Extent(1, 2), Extent.square(1), Extent.square(0), Extent.square(1), 2);
        CrossbarLayout layout = CrossbarLayout.of(only(new Shape(4, 1, 2), conv));
        assertThat(layout.rows()).isEqualTo(8);
        float[] weights = {1, 2, 3, 4, 5, 6, 7, 8};
        assertThat(layout.toMatrix(weights)).containsExactly(1, 0, 3, 0, 0, 5, 0, 7, 2, 0, 4, 0, 0, 6, 0, 8);
        assertThat(layout.fromMatrix(layout.toMatrix(weights))).containsExactly(weights);
        assertThat(layout.weightIndex(2, 0)).isEqualTo(-1);
        assertThatThrownBy(() -> layout.toMatrix(new float[16]))
                .hasMessage("16 weights for a matrix of 8 x 2 in 2 groups");
    }

    @Test
    void mapRowsOfADenseLayerRunOverChannelsFirst() {
        CrossbarLayout layout = CrossbarLayout.of(only(new Shape(3, 1, 2), new Layer.Dense(1)));
        assertThat(layout.toMatrix(counting(6))).containsExactly(0, 2, 4, 1, 3, 5);
    }

    @Test
    void layersWithoutSynapsesAndWrongCountsAreRefused() {
        assertThatThrownBy(() -> CrossbarLayout.of(only(new Shape(3, 2, 2), new Layer.AvgPool(2))))
                .hasMessageContaining("has no synapses");
        assertThatThrownBy(() -> new CrossbarLayout(2, 1, 2).toMatrix(new float[3]))
                .hasMessage("3 weights for a matrix of 2 x 2");
    }

    @ParameterizedTest
    @MethodSource("io.synaptile.mapping.Cases#seeds")
    void aMatrixIsTransposedBack(long seed) {
        RandomGenerator random = Cases.random(seed);
        for (Network.Node node : Cases.network(random).synapses()) {
            CrossbarLayout layout = CrossbarLayout.of(node);
            float[] weights = Cases.real(1f, node.weightCount(), random);
            assertThat(layout.fromMatrix(layout.toMatrix(weights))).containsExactly(weights);
        }
    }
}

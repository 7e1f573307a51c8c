/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import io.synaptile.sim.tornado.kernel.Guard;
import io.synaptile.sim.tornado.kernel.Half;
import io.synaptile.sim.tornado.kernel.Rounding;
import io.synaptile.sim.tornado.kernel.Words;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Words, normals and halves on the device are those of the host. */
@RequiresDevice
final class WordsTest {
    private static final int COUNT = 20_011;
    private static final long SEED = 0x9E3779B97F4A7C15L;
    private static final Purpose PURPOSE = Purpose.READ_NOISE;

    static void uniforms(KernelContext c, IntArray guard, FloatArray uniforms, FloatArray normals, IntArray key) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        if (i < key.get(5)) {
            long place = i * 7L + 5_000_000_000L;
            uniforms.set(i, Words.uniform(place, key.get(0), key.get(1), key.get(2), key.get(3), key.get(4)));
            normals.set(i, Words.normal(place, key.get(0), key.get(1), key.get(2), key.get(3), key.get(4)));
        }
    }

    static void halves(
            KernelContext c, IntArray guard, FloatArray values, ShortArray codes, FloatArray back, IntArray size) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        if (i < size.get(0)) {
            short code = Half.encode(values.get(i));
            codes.set(i, code);
            back.set(i, Half.decode(code));
        }
    }

    @Test
    void uniformsAreEqualBitForBitAndNormalsWithinRounding() {
        IntArray key =
                IntArray.fromElements(-3, -17, PURPOSE.code() << 24 | 11, (int) SEED, (int) (SEED >>> 32), COUNT);
        FloatArray uniforms = Memory.floats(COUNT);
        FloatArray normals = Memory.floats(COUNT);
        Graph graph = new Graph("words");
        graph.inputs(key);
        graph.outputs(uniforms, normals);
        graph.task(graph.threads("uniforms", COUNT), WordsTest::uniforms, uniforms, normals, key);
        run(graph);

        NoiseStream stream = NoiseStream.of(SEED, PURPOSE, 11, -17L, -3L);
        float[] normal = new float[1];
        for (int i = 0; i < COUNT; i++) {
            long place = i * 7L + 5_000_000_000L;
            stream.seek(place);
            assertThat(uniforms.get(i)).as("uniform %d", i).isEqualTo(stream.nextFloat());
            stream.gaussiansAt(place, normal, 1);
            assertThat(normals.get(i))
                    .as("normal %d", i)
                    .isCloseTo(normal[0], againstReference(1e-6f * Math.abs(normal[0]) + 1e-9f));
        }
    }

    @Test
    void halvesAreThoseOfTheJavaPlatform() {
        FloatArray values = Memory.floats(COUNT);
        Random random = new Random(5);
        for (int i = 0; i < COUNT; i++) {
            float size = (float) Math.pow(2, random.nextInt(42) - 26);
            float value = (random.nextFloat() * 2 - 1) * size;
            // Ties: halfway between two halves.
            values.set(i, i % 3 == 0 ? Float.float16ToFloat((short) random.nextInt(0x7bff)) * (1 + 0x1p-11f) : value);
        }
        values.set(0, 0f);
        values.set(1, 65504f);
        values.set(2, -65504f);
        values.set(3, 0x1p-24f);
        values.set(4, 0x1p-25f);
        values.set(5, 1e30f);
        ShortArray codes = new ShortArray(COUNT);
        FloatArray back = Memory.floats(COUNT);
        IntArray size = IntArray.fromElements(COUNT);
        Graph graph = new Graph("halves");
        graph.inputs(values, size);
        graph.outputs(codes, back);
        graph.task(graph.threads("halves", COUNT), WordsTest::halves, values, codes, back, size);
        run(graph);
        for (int i = 0; i < COUNT; i++) {
            float kept = Math.clamp(values.get(i), -65504f, 65504f);
            assertThat(codes.get(i)).as("code of %s", values.get(i)).isEqualTo(Float.floatToFloat16(kept));
            assertThat(back.get(i)).isEqualTo(Float.float16ToFloat(codes.get(i)));
        }
    }

    @Test
    void tiesRoundToEven() {
        for (int i = -4000; i <= 4000; i++) {
            float value = i / 8f;
            assertThat((double) Rounding.halfEven(value)).isEqualTo(Math.rint(value));
        }
    }

    private static void run(Graph graph) {
        try (Plan plan = new Plan(TornadoDevices.all().getFirst(), null, List.of(graph))) {
            plan.execute(0);
        }
    }
}

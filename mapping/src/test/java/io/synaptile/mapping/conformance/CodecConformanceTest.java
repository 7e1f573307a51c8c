/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.CellModel;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.NPairs;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.codec.WeightCodecProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CodecConformanceTest {
    static Stream<WeightCodecProvider> builtIn() {
        return Stream.concat(Arrays.stream(CodecKind.values()), Stream.of(NPairs.USUAL));
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void everyBuiltInCodecPasses(WeightCodecProvider provider) {
        assertThat(failed(provider)).as(provider.id()).isEmpty();
    }

    /** A faultless codec, of which every method can be spoilt. */
    private static class Spoilable implements WeightCodec {
        private final WeightCodec codec;

        Spoilable(LayerWeights weights, CellModel cell) {
            codec = CodecKind.OFFSET_COLUMN.codec(weights, cell, 4);
        }

        @Override
        public String id() {
            return "mine";
        }

        @Override
        public int columnsPerWeight() {
            return codec.columnsPerWeight();
        }

        @Override
        public void encode(float[] weights, float[][] targets) {
            codec.encode(weights, targets);
        }

        @Override
        public float[] columnGain() {
            return codec.columnGain();
        }

        @Override
        public Optional<float[]> counted(float[] weights) {
            return codec.counted(weights);
        }

        @Override
        public float cellValue(float microsiemens) {
            return codec.cellValue(microsiemens);
        }

        @Override
        public float valuePerMicrosiemens() {
            return codec.valuePerMicrosiemens();
        }
    }

    private interface Making {
        WeightCodec codec(LayerWeights weights, CellModel cell);
    }

    private static WeightCodecProvider provider(String id, Making making) {
        return new WeightCodecProvider() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public WeightCodec codec(LayerWeights weights, CellModel cell, int weightBits) {
                return making.codec(weights, cell);
            }
        };
    }

    @Test
    void aFaultlessCodecPasses() {
        assertThat(failed(provider("mine", Spoilable::new))).isEmpty();
    }

    static Stream<Arguments> spoilt() {
        return Stream.of(
                Arguments.of("id consists of", provider("My Codec", Spoilable::new)),
                Arguments.of("some exact cell and some weights suit: all were refused", provider("mine", (w, c) -> {
                    throw new IllegalArgumentException("nothing suits");
                })),
                Arguments.of("some exact cell and some weights suit: threw", provider("mine", (w, c) -> {
                    throw new IllegalStateException("no");
                })),
                Arguments.of("it has columns, and a finite gain", provider("mine", (w, c) -> new Spoilable(w, c) {
                    @Override
                    public float[] columnGain() {
                        float[] gain = super.columnGain();
                        gain[0] = Float.NaN;
                        return gain;
                    }
                })),
                Arguments.of("every cell gets a target", provider("mine", (w, c) -> new Spoilable(w, c) {
                    @Override
                    public void encode(float[] weights, float[][] targets) {
                        super.encode(weights, targets);
                        if (weights.length > 0) {
                            targets[0][0] = -1;
                        }
                    }
                })),
                Arguments.of("weights are left as they are", provider("mine", (w, c) -> new Spoilable(w, c) {
                    @Override
                    public void encode(float[] weights, float[][] targets) {
                        super.encode(weights, targets);
                        Arrays.fill(weights, 0);
                    }
                })),
                Arguments.of("no weight is written", provider("mine", (w, c) -> new Spoilable(w, c) {
                    @Override
                    public void encode(float[] weights, float[][] targets) {
                        super.encode(weights, targets);
                        targets[0][0] += 0;
                    }
                })),
                Arguments.of("writing and reading repeat", provider("mine", (w, c) -> new Spoilable(w, c) {
                    private int calls;

                    @Override
                    public void encode(float[] weights, float[][] targets) {
                        super.encode(weights, targets);
                        if (calls++ % 2 == 0 && weights.length > 2) {
                            targets[0][2] = targets[0][0];
                        }
                    }
                })),
                Arguments.of("the value of a cell is linear", provider("mine", (w, c) -> new Spoilable(w, c) {
                    @Override
                    public float valuePerMicrosiemens() {
                        return 2 * super.valuePerMicrosiemens();
                    }
                })),
                Arguments.of("a weight that is read is the sum", provider("mine", (w, c) -> new Spoilable(w, c) {
                    @Override
                    public void decode(float[][] conductances, float[] written, float[] weights) {
                        System.arraycopy(written, 0, weights, 0, weights.length);
                    }
                })),
                Arguments.of(
                        "a larger weight is not read back smaller", provider("mine", (w, c) -> new Spoilable(w, c) {
                            @Override
                            public void encode(float[] weights, float[][] targets) {
                                float[] turned = new float[weights.length];
                                for (int i = 0; i < turned.length; i++) {
                                    turned[i] = -weights[i];
                                }
                                super.encode(turned, targets);
                            }
                        })),
                Arguments.of("exact cells give back the weights", provider("mine", (w, c) -> new Spoilable(w, c) {
                    @Override
                    public Optional<float[]> counted(float[] weights) {
                        return super.counted(weights).map(counted -> {
                            for (int i = 0; i < counted.length; i++) {
                                counted[i] += 0.3f;
                            }
                            return counted;
                        });
                    }
                })));
    }

    @ParameterizedTest
    @MethodSource("spoilt")
    void whatIsSpoiltIsNamed(String finding, WeightCodecProvider provider) {
        assertThat(failed(provider)).anySatisfy(line -> assertThat(line).startsWith(finding));
    }

    private static List<String> failed(WeightCodecProvider provider) {
        return CodecConformance.check(provider).stream()
                .filter(finding -> !finding.passed())
                .map(finding -> finding.check() + ": " + finding.detail())
                .toList();
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellFault;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellModels;
import io.synaptile.devices.CellPlaces;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.Targets;
import io.synaptile.devices.WriteCost;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CellConformanceTest {
    private static List<String> failed(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> !finding.passed())
                .map(finding -> finding.check() + ": " + finding.detail())
                .toList();
    }

    static Stream<CellModelProvider> builtIn() {
        return CellModels.load().providers().stream()
                .filter(provider -> provider.files().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void everyBuiltInCellPasses(CellModelProvider provider) {
        assertThat(failed(CellConformance.check(provider, Map.of())))
                .as(provider.kind())
                .isEmpty();
    }

    /** A faultless cell, of which every method can be spoilt. */
    private static class Faultless implements CellModel {
        @Override
        public String id() {
            return "mine";
        }

        @Override
        public ConductanceRange range() {
            return new ConductanceRange(1, 40);
        }

        @Override
        public int levels() {
            return 16;
        }

        @Override
        public long program(float[] target, float[] actual, RandomGenerator random) {
            Targets.copy(target, actual, range());
            for (int i = 0; i < actual.length; i++) {
                actual[i] = (float) Math.abs(actual[i] + 0.1 * random.nextGaussian());
            }
            return actual.length;
        }
    }

    @Test
    void aFaultlessCellPasses() {
        assertThat(failed(CellConformance.check(new Faultless()))).isEmpty();
    }

    static Stream<Arguments> spoilt() {
        return Stream.of(
                Arguments.of("id, range", new Faultless() {
                    @Override
                    public int levels() {
                        return 1;
                    }
                }),
                Arguments.of("every level can be programmed", new Faultless() {
                    @Override
                    public long program(float[] target, float[] actual, RandomGenerator random) {
                        long pulses = super.program(target, actual, random);
                        Arrays.fill(actual, Float.NaN);
                        return pulses;
                    }
                }),
                Arguments.of("conductances stay near the range", new Faultless() {
                    @Override
                    public long program(float[] target, float[] actual, RandomGenerator random) {
                        long pulses = super.program(target, actual, random);
                        for (int i = 0; i < actual.length; i++) {
                            actual[i] *= 1000;
                        }
                        return pulses;
                    }
                }),
                Arguments.of("targets are left as they are", new Faultless() {
                    @Override
                    public long program(float[] target, float[] actual, RandomGenerator random) {
                        long pulses = super.program(target, actual, random);
                        if (target.length > 0) {
                            target[0] = 3;
                        }
                        return pulses;
                    }
                }),
                Arguments.of("arrays of different lengths are refused", new Faultless() {
                    @Override
                    public long program(float[] target, float[] actual, RandomGenerator random) {
                        return super.program(Arrays.copyOf(target, actual.length), actual, random);
                    }
                }),
                Arguments.of("targets outside the range are refused", new Faultless() {
                    @Override
                    public long program(float[] target, float[] actual, RandomGenerator random) {
                        System.arraycopy(target, 0, actual, 0, actual.length);
                        return actual.length;
                    }
                }),
                Arguments.of("cells of an array are programmed as cells are", new Faultless() {
                    @Override
                    public long program(float[] target, float[] actual, CellPlaces places, RandomGenerator random) {
                        Arrays.fill(actual, -1);
                        return actual.length;
                    }
                }),
                Arguments.of("a fault map names the cells that stay where they are", new Faultless() {
                    @Override
                    public byte[] faults(CellPlaces places, RandomGenerator random) {
                        byte[] map = new byte[places.cells()];
                        map[0] = CellFault.ON;
                        return map;
                    }
                }),
                Arguments.of("programming repeats with the same generator", new Faultless() {
                    private int calls;

                    @Override
                    public long program(float[] target, float[] actual, RandomGenerator random) {
                        long pulses = super.program(target, actual, random);
                        for (int i = 0; i < actual.length; i++) {
                            actual[i] += 0.01f * calls;
                        }
                        calls++;
                        return pulses;
                    }
                }),
                Arguments.of("the words drawn do not depend on the targets", new Faultless() {
                    @Override
                    public long program(float[] target, float[] actual, RandomGenerator random) {
                        Targets.copy(target, actual, range());
                        for (int i = 0; i < actual.length; i++) {
                            actual[i] += actual[i] > 20 ? (float) random.nextDouble() : 0;
                        }
                        return actual.length;
                    }
                }),
                Arguments.of("the number of pulses is at least 0", new Faultless() {
                    @Override
                    public long program(float[] target, float[] actual, RandomGenerator random) {
                        super.program(target, actual, random);
                        return -1;
                    }
                }),
                Arguments.of("means and deviations of reads", new Faultless() {
                    @Override
                    public void readMoments(
                            float[] programmed,
                            float[] held,
                            float[] mean,
                            float[] sigma,
                            Age age,
                            RandomGenerator random) {
                        System.arraycopy(held, 0, mean, 0, held.length);
                    }
                }),
                Arguments.of("write pulse have sensible units", new Faultless() {
                    @Override
                    public WriteCost writeCost() {
                        return new WriteCost(
                                OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.of(1e9), "datasheet");
                    }
                }),
                Arguments.of("ageing leaves its arguments as they are", new Faultless() {
                    @Override
                    public void age(float[] target, float[] programmed, float[] aged, Age age, RandomGenerator random) {
                        super.age(target, programmed, aged, age, random);
                        programmed[0] = 2;
                    }
                }),
                Arguments.of("aged conductances are finite", new Faultless() {
                    @Override
                    public void age(float[] target, float[] programmed, float[] aged, Age age, RandomGenerator random) {
                        aged[0] = programmed[0];
                    }
                }),
                Arguments.of("no age is refused before", new Faultless() {
                    @Override
                    public void age(float[] target, float[] programmed, float[] aged, Age age, RandomGenerator random) {
                        if (age.seconds() > 10 && age.seconds() < 1000) {
                            throw new IllegalArgumentException("no data");
                        }
                        super.age(target, programmed, aged, age, random);
                    }
                }),
                Arguments.of("draws the same words at every age", new Faultless() {
                    @Override
                    public void age(float[] target, float[] programmed, float[] aged, Age age, RandomGenerator random) {
                        for (int i = 0; i < aged.length; i++) {
                            aged[i] = age.seconds() > 1 ? (float) random.nextDouble() : programmed[i];
                        }
                    }
                }),
                Arguments.of("many threads may use one cell", new Faultless() {
                    @Override
                    public long program(float[] target, float[] actual, RandomGenerator random) {
                        long pulses = super.program(target, actual, random);
                        if (!Thread.currentThread().getName().equals("main") && actual.length > 0) {
                            actual[0] += 1;
                        }
                        return pulses;
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("spoilt")
    void aSpoiltCellFailsTheCheckThatIsMeantForIt(String check, CellModel cell) {
        assertThat(failed(CellConformance.check(cell)))
                .anySatisfy(found -> assertThat(found).contains(check));
    }
}

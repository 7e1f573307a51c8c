/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.ideal.IdealCell;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GuardedCellTest {
    private static final Guard GUARD =
            new Guard(new PlugInJar(Path.of("mine.jar"), "", new TreeMap<>(), Patience.USUAL), "cell mine");
    private static final ConductanceRange RANGE = new ConductanceRange(0, 40);

    /** A method with a default that the guard did not pass on would silently switch something off. */
    @ParameterizedTest
    @MethodSource("guards")
    void everyMethodOfTheContractIsPassedOn(Class<?> contract, Class<?> guard) {
        assertThat(Arrays.stream(contract.getMethods()).filter(method -> !Modifier.isStatic(method.getModifiers())))
                .isNotEmpty()
                .allSatisfy(method -> assertThat(guard.getMethod(method.getName(), method.getParameterTypes()))
                        .satisfies(own -> assertThat(own.getDeclaringClass()).isNotInterface()));
    }

    static Stream<Arguments> guards() {
        return Stream.of(
                Arguments.of(CellModel.class, GuardedCell.class),
                Arguments.of(CellModelProvider.class, GuardedCellProvider.class));
    }

    @Test
    void aFaultlessCellIsUnchanged() {
        CellModel cell = new IdealCell(RANGE, 4);
        CellModel guarded = new GuardedCell(cell, GUARD);
        float[] target = {0, 20, 40};
        float[] reached = new float[3];

        assertThat(guarded.program(target, reached, new Random(1))).isEqualTo(3);
        assertThat(reached).containsExactly(target);
        assertThat(guarded.levels()).isEqualTo(cell.levels());
        assertThat(guarded.range()).isEqualTo(cell.range());
    }

    @Test
    void aCellThatForgetsToAgeIsNamed() {
        CellModel forgetful = new GuardedCell(
                new CellModel() {
                    @Override
                    public String id() {
                        return "mine";
                    }

                    @Override
                    public ConductanceRange range() {
                        return RANGE;
                    }

                    @Override
                    public int levels() {
                        return 4;
                    }

                    @Override
                    public long program(float[] target, float[] actual, RandomGenerator random) {
                        return 0;
                    }

                    @Override
                    public void age(float[] target, float[] programmed, float[] aged, Age age, RandomGenerator random) {
                        aged[0] = 1;
                    }
                },
                GUARD);
        assertThatThrownBy(() -> forgetful.age(new float[2], new float[2], new float[2], Age.NONE, new Random(1)))
                .isInstanceOf(PlugInException.class)
                .hasMessageStartingWith("plug-in mine.jar: cell mine gave NaN uS for cell 1 of 2 in age");
    }

    @Test
    void aReadVoltageThatIsNoneIsNamed() {
        for (double volts : new double[] {0, -0.2, Double.NaN}) {
            CellModel cell = new GuardedCell(new ReadAt(volts), GUARD);
            assertThatThrownBy(cell::readVolts)
                    .isInstanceOf(PlugInException.class)
                    .hasMessageContaining("in readVolts; a read voltage is above 0");
        }
        assertThat(new GuardedCell(new ReadAt(0.2), GUARD).readVolts()).hasValue(0.2);
    }

    private record ReadAt(double volts) implements CellModel {
        @Override
        public String id() {
            return "mine";
        }

        @Override
        public ConductanceRange range() {
            return RANGE;
        }

        @Override
        public int levels() {
            return 4;
        }

        @Override
        public long program(float[] target, float[] actual, RandomGenerator random) {
            return 0;
        }

        @Override
        public OptionalDouble readVolts() {
            return OptionalDouble.of(volts);
        }
    }

    @Test
    void aTargetOutsideTheRangeIsNotThePlugInsFault() {
        CellModel guarded = new GuardedCell(new IdealCell(RANGE, 4), GUARD);
        assertThatThrownBy(() -> guarded.program(new float[] {50}, new float[1], new Random(1)))
                .isNotInstanceOf(PlugInException.class)
                .hasMessageContaining("cell 0: target 50.0 uS is outside");
    }
}

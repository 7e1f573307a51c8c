/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.HardwareBlock;
import io.synaptile.experiment.file.RecoveryBlock;
import io.synaptile.experiment.file.TrainBlock;
import io.synaptile.experiment.file.VariationBlock;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.NPairs;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which keys of the hardware block enter the training of an experiment, so that designs which differ in others are trained
 * once. A key counts unless it is known not to: a doubt costs time, never a result.
 */
final class TrainingHardware {
    /** What happens to sums, and what is counted and placed after training. */
    private static final Set<String> AFTER = Set.of(
            "hardware.readout",
            "hardware.energy",
            "hardware.cost",
            "hardware.skip_empty",
            "hardware.direct_layer",
            "hardware.digital_bits",
            "hardware.chip",
            "hardware.duplicate");

    /** Where cells stand; training writes them one by one, but for those of one particular chip. */
    private static final Set<String> PLACES =
            Set.of("hardware.wire", "hardware.convolution", "hardware.bias", "hardware.tile.rows");

    /** Effects of {@code rram} between a write and a read. */
    private static final Set<String> LATER = Set.of("drift", "relaxation", "retention", "temperature", "telegraph");

    /** What draws on weights know nothing of. */
    private static final Set<String> CELLS =
            Set.of("hardware.cell", "hardware.tile", "hardware.weight_bits", "hardware.pairs");

    private final Set<String> left = new HashSet<>();
    private final boolean any;

    private TrainingHardware(boolean any) {
        this.any = any;
    }

    static TrainingHardware of(Experiment experiment) {
        HardwareBlock hardware = experiment.hardware();
        TrainBlock train = experiment.train();
        boolean varied = train.variation().device() != VariationBlock.Device.NONE;
        TrainingHardware seen = new TrainingHardware(
                hardware.isHybrid() || varied || train.loop().isOn());
        if (train.loop().isOn()) {
            return seen;
        }
        seen.left.addAll(AFTER);
        boolean oneChip = hardware.isHybrid() && train.recovery().against() == RecoveryBlock.Against.INSTANCE;
        if (oneChip) {
            return seen;
        }
        seen.left.addAll(PLACES);
        if (train.variation().model() == VariationBlock.Model.WEIGHT) {
            seen.left.addAll(CELLS);
            return seen;
        }
        if (hardware.codecs().values().stream().noneMatch(TrainingHardware::mayShareColumns)) {
            seen.left.add("hardware.tile.columns");
        }
        if (hardware.cell().kind().equals(HardwareBlock.Cell.DEFAULT_KIND)) {
            LATER.forEach(effect -> seen.left.add("hardware.cell." + effect));
        }
        return seen;
    }

    /** Whether a tile may have a column once for all outputs, which then share what its cells got. */
    private static boolean mayShareColumns(String codec) {
        List<String> own = Arrays.stream(CodecKind.values())
                .filter(kind -> kind != CodecKind.UNIT_COLUMN && kind != CodecKind.DUMMY_COLUMN)
                .map(CodecKind::id)
                .toList();
        return !own.contains(codec) && !codec.equals(NPairs.ID);
    }

    /** Whether a weight may depend on a setting, by its dotted key. */
    boolean counts(String key) {
        return any && left.stream().noneMatch(block -> key.equals(block) || key.startsWith(block + "."));
    }
}

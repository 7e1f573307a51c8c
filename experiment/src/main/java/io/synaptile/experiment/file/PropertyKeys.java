/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.DataProperty;
import io.synaptile.text.message.Property;
import io.synaptile.text.message.RefusedException;
import io.synaptile.text.message.Sentence;
import java.util.List;
import java.util.Optional;

/** What an experiment file calls the properties that refusals speak of. */
public final class PropertyKeys {
    private PropertyKeys() {}

    /** The message of a problem, with the keys of the properties that it names. */
    public static String message(Throwable problem) {
        return switch (problem) {
            case RefusedException refused -> said(refused.sentence(), refused.part());
            case DataFileException file
            when !file.finding().properties().isEmpty() -> file.file() + ": " + said(file.finding(), Optional.empty());
            default -> problem.getMessage();
        };
    }

    /** Keys of the properties that a refusal names, in their order. */
    static List<String> keys(RefusedException refused) {
        return refused.sentence().properties().stream()
                .map(property -> key(property, refused.part()))
                .toList();
    }

    private static String said(Sentence sentence, Optional<String> layer) {
        return sentence.with(property -> name(property, layer));
    }

    /** The key of a property with what a reader of a message needs to know beside it. */
    private static String name(Property property, Optional<String> layer) {
        if (property == DataProperty.FOLDER) {
            return "the folder with data.dir or the environment variable SYNAPTILE_DATA";
        }
        return key(property, layer) + (property == HardwareProperty.FILL ? " auto" : "");
    }

    /**
     * The key of a property; its words if no key sets it.
     *
     * @param layer whose property it is, if it is that of a layer
     */
    static String key(Property property, Optional<String> layer) {
        return switch (property) {
            case HardwareProperty hardware -> key(hardware, layer);
            case DataProperty data ->
                switch (data) {
                    case SET -> "data.set";
                    case FOLDER -> "data.dir";
                    case TRAIN_FILES -> "data.train";
                    case TEST_FILES -> "data.test";
                    case VALIDATION -> "data.validation";
                    case TEST_SHARE -> "data.test_share";
                    case LABEL -> "data.label";
                    case TRAIN_IMAGES -> "data.arrays.train_images";
                    case TRAIN_LABELS -> "data.arrays.train_labels";
                    case TEST_IMAGES -> "data.arrays.test_images";
                    case TEST_LABELS -> "data.arrays.test_labels";
                    case AXES -> "data.axes";
                    case INPUTS -> "data.arrays.inputs";
                    case TRAIN_LENGTHS -> "data.arrays.train_lengths";
                    case TEST_LENGTHS -> "data.arrays.test_lengths";
                    case BIN -> "data.bin";
                    case DELTA -> "data.delta";
                    case CHANNELS -> "data.channels";
                    case SHAPE -> "data.shape";
                    case CLASSES -> "data.classes";
                    case CLASS_NAMES -> "data.class_names";
                    case MEAN -> "data.normalise.mean";
                    case DEVIATION -> "data.normalise.std";
                };
            default -> property.words();
        };
    }

    private static String key(HardwareProperty property, Optional<String> layer) {
        return switch (property) {
            case TILE_ROWS -> "hardware.tile.rows";
            case TILE_COLUMNS -> "hardware.tile.columns";
            case LAYERS -> "hardware.layers";
            case COPIES -> "hardware.per_layer." + layer.orElse("LAYER") + ".copies";
            case BIAS -> "hardware.bias";
            case SPARSE_MAPPING -> "hardware.sparse_mapping";
            case CODEC -> "hardware.codec";
            case CELL -> "hardware.cell.kind";
            case CELL_BITS -> "hardware.cell.bits";
            case PAIR_FACTORS -> "hardware.pairs.factors";
            case WEIGHT_BITS -> "hardware.weight_bits";
            case QUANTISED_BITS -> "train.quantise.bits";
            case DIGITAL_BITS -> "hardware.digital_bits";
            case READOUT -> "hardware.readout.kind";
            case ADC_BITS -> "hardware.readout.bits";
            case COLUMNS_PER_ADC -> "hardware.readout.columns_per_adc";
            case CALIBRATION_PERCENTILE -> "hardware.readout.percentile";
            case ADC_GAIN_SD -> "hardware.readout.gain_sd";
            case ADC_OFFSET_SD -> "hardware.readout.offset_sd";
            case ADC_MISSING_CODES -> "hardware.readout.missing_codes";
            case COLUMN_LIMIT -> "hardware.readout.column_limit_uA";
            case ARRAY_READOUT -> "hardware.readout.array.kind";
            case WIRES -> "hardware.wire";
            case WIRE_TOPOLOGY -> "hardware.wire.topology";
            case WIRE_SOLVER -> "hardware.wire.solver";
            case WIRE_ACTIVITY -> "hardware.wire.activity";
            case SRAM_BITS -> "hardware.recovery.sram_bits";
            case SRAM_ROUNDING -> "hardware.recovery.rounding";
            case ARRAYS_PER_PE -> "hardware.chip.arrays_per_pe";
            case PES_PER_TILE -> "hardware.chip.pes_per_tile";
            case CHIP_TILES -> "hardware.chip.tiles";
            case MESH -> "hardware.chip.mesh";
            case FILL -> "hardware.duplicate";
            case BASELINE_BITS -> "hardware.cost.baseline_bits";
            case INPUT_CODING -> "network.coding";
        };
    }
}

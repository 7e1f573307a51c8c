/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.rram;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellOptions;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.rram.ProgrammingVariation.Gaussian;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Makes {@code rram} cells.
 *
 * <table>
 * <caption>Options</caption>
 * <tr><th>option</th><th>default</th><th>allowed</th></tr>
 * <tr><td>range_uS</td><td>[2, 40]</td><td>[min, max], 0 &lt;= min &lt; max; min 0 is the ideal off state</td></tr>
 * <tr><td>bits</td><td>4</td><td>1 to 8</td></tr>
 * <tr><td>programming.kind</td><td>lognormal</td><td>lognormal, gaussian, none</td></tr>
 * <tr><td>programming.sigma</td><td>table</td><td>at least 0, or table (log-normal of 1, 2, 3, 4 or 8 bits)</td></tr>
 * <tr><td>programming.scale</td><td>1</td><td>at least 0</td></tr>
 * <tr><td>programming.relative_to</td><td>target</td><td>target, max; gaussian only</td></tr>
 * <tr><td>read_noise.kind</td><td>none</td><td>none, absolute, proportional</td></tr>
 * <tr><td>read_noise.sigma</td><td>0</td><td>at least 0; fraction of Gmax (absolute) or of G (proportional)</td></tr>
 * <tr><td>stuck.off, stuck.on</td><td>0</td><td>probabilities, sum at most 1</td></tr>
 * </table>
 */
public final class RramCellProvider implements CellModelProvider {
    private static final ConductanceRange DEFAULT_RANGE = new ConductanceRange(2f, 40f);

    @Override
    public String kind() {
        return "rram";
    }

    @Override
    public String description() {
        return "multilevel RRAM with programming variation, read noise and stuck cells";
    }

    @Override
    public Set<String> options() {
        return Set.of(
                "range_uS",
                "bits",
                "programming.kind",
                "programming.sigma",
                "programming.scale",
                "programming.relative_to",
                "read_noise.kind",
                "read_noise.sigma",
                "stuck.off",
                "stuck.on");
    }

    @Override
    public CellModel create(Map<String, Object> values) {
        CellOptions options = new CellOptions(kind(), values, options());
        int bits = options.integer("bits", 1, 8, 4);
        return new RramCell(
                options.range("range_uS", DEFAULT_RANGE),
                bits,
                programming(options, bits),
                readNoise(options),
                new StuckCells(options.probability("stuck.off", 0), options.probability("stuck.on", 0)));
    }

    private static ProgrammingVariation programming(CellOptions options, int bits) {
        String kind = options.choice("programming.kind", List.of("lognormal", "gaussian", "none"), "lognormal");
        String reference = options.choice("programming.relative_to", List.of("target", "max"), "target");
        if (options.has("programming.relative_to") && kind.equals("lognormal")) {
            throw new IllegalArgumentException(
                    "programming.relative_to is for programming.kind gaussian, got " + reference + " with " + kind);
        }
        OptionalDouble given = options.numberOrWord("programming.sigma", 0, "table");
        double scale = options.numberAtLeast("programming.scale", 0, 1);
        if (kind.equals("none")) {
            return new ProgrammingVariation.None();
        }
        if (kind.equals("lognormal")) {
            double sigma = given.isPresent() ? given.getAsDouble() : LogNormalVariation.tableSigma(bits);
            return new ProgrammingVariation.LogNormal(sigma, scale);
        }
        if (given.isEmpty()) {
            throw new IllegalArgumentException(
                    "programming.sigma must be a number of at least 0 for programming.kind gaussian; the table is"
                            + " log-normal");
        }
        return new Gaussian(
                given.getAsDouble(),
                scale,
                reference.equals("max") ? Gaussian.Reference.MAX : Gaussian.Reference.TARGET);
    }

    private static ReadNoise readNoise(CellOptions options) {
        String kind = options.choice("read_noise.kind", List.of("none", "absolute", "proportional"), "none");
        double sigma = options.numberAtLeast("read_noise.sigma", 0, 0);
        if (sigma > 0 && !options.has("read_noise.kind")) {
            throw new IllegalArgumentException(
                    "read_noise.sigma " + sigma + " needs read_noise.kind absolute or proportional");
        }
        return switch (kind) {
            case "absolute" -> new ReadNoise.Absolute(sigma);
            case "proportional" -> new ReadNoise.Proportional(sigma);
            default -> new ReadNoise.None();
        };
    }
}

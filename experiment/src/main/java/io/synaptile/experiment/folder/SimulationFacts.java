/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a manifest says of the simulation of chips.
 *
 * @param configurationHash SHA-256 of the configuration that was simulated
 * @param backend what computed it
 * @param images that every chip saw
 * @param softwareAccuracyPercent of the same network without hardware on the same images
 * @param pricing what is to be known of the costs
 * @param chip the kept chip that was simulated alone, if one was
 * @param recovered the chip that SRAM words were trained beside, if they were trained beside one
 * @param boards the arrays that were real
 * @param remarks on the activity of network and chips, one line each
 */
public record SimulationFacts(
        String configurationHash,
        BackendFacts backend,
        int images,
        double softwareAccuracyPercent,
        Pricing pricing,
        Optional<KeptChip> chip,
        Optional<RecoveredChip> recovered,
        List<BoardFacts> boards,
        List<String> remarks) {
    static final String HASH = "configuration_sha256";
    static final String CHIP = "chip";
    static final String INSTANCE = "instance";
    static final String COST_REMARKS = "cost_remarks";
    /** Name of the accuracy of the chip that SRAM words were trained beside. */
    public static final String RECOVERED_ACCURACY = "recovered_chip_accuracy_percent";

    /**
     * What is to be known of the costs.
     *
     * @param unpriced components whose energy the table has no price of
     * @param withoutArea components whose area is not known
     * @param mixesNodes whether prices of several technology nodes are added
     * @param tableHash SHA-256 of a user's energy table
     * @param timingSources by what takes the time
     * @param remarks on the settings, one line each
     */
    public record Pricing(
            List<String> unpriced,
            List<String> withoutArea,
            boolean mixesNodes,
            Optional<String> tableHash,
            SortedMap<String, String> timingSources,
            List<String> remarks) {}

    /**
     * A chip of the folder {@code chips}.
     *
     * @param sha256 of its file
     */
    public record KeptChip(int instance, String sha256) {
        SequencedMap<String, Object> entries() {
            SequencedMap<String, Object> entries = new LinkedHashMap<>();
            entries.put(INSTANCE, instance);
            entries.put("sha256", sha256);
            return entries;
        }
    }

    /** As they stand in a manifest. */
    SortedMap<String, Object> entries() {
        SortedMap<String, Object> entries = new TreeMap<>(Map.<String, Object>of(
                HASH,
                configurationHash,
                "backend",
                backend.entries(),
                "images",
                images,
                "software_accuracy_percent",
                softwareAccuracyPercent,
                "components_without_energy_price",
                pricing.unpriced(),
                "components_without_area",
                pricing.withoutArea(),
                "energy_mixes_technology_nodes",
                pricing.mixesNodes(),
                "timing_sources",
                pricing.timingSources(),
                COST_REMARKS,
                pricing.remarks(),
                "remarks",
                remarks));
        pricing.tableHash().ifPresent(hash -> entries.put("energy_table_sha256", hash));
        chip.ifPresent(kept -> entries.put(CHIP, kept.entries()));
        recovered.ifPresent(seen -> entries.put(RECOVERED_ACCURACY, seen.shown()));
        if (!boards.isEmpty()) {
            entries.put("boards", boards.stream().map(BoardFacts::entries).toList());
        }
        return entries;
    }
}

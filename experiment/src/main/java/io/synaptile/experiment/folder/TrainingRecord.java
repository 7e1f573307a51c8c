/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.experiment.Site;
import io.synaptile.sim.io.dataset.DatasetSplits;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Of what, where and to what end a network was trained, for the manifest.
 *
 * @param data images and the files they were read from
 * @param backend what computed
 * @param weightsPreparedOn id of the backend that quantised and varied the weights
 * @param site version and commit of the product
 * @param facts what training came to
 * @param sources the models that it started from, if it did not start from drawn weights: {@link #SOURCE}, and for SRAM words
 *     that start as another model's weights {@link #BASELINE}
 * @param loop what boards did in it, where some did
 * @param recoveredChipHash SHA-256 of the chip that SRAM words were trained beside, if they were trained beside one
 */
public record TrainingRecord(
        DatasetSplits data,
        BackendFacts backend,
        String weightsPreparedOn,
        Site site,
        TrainingFacts facts,
        Map<String, Source> sources,
        Optional<LoopFacts> loop,
        Optional<String> recoveredChipHash) {
    /** Key of the model in {@code train.from}. */
    public static final String SOURCE = "source";
    /** Key of the model in {@code train.recovery.baseline}. */
    public static final String BASELINE = "baseline";

    static final String PATH = "path";
    static final String RECOVERED_CHIP = "recovered_chip_sha256";

    /**
     * A model that training started from.
     *
     * @param path run folder or model file
     * @param sha256 of its weights
     */
    public record Source(String path, String sha256) {}

    SortedMap<String, Object> entries() {
        SortedMap<String, Object> entries = new TreeMap<>();
        entries.put("data", ManifestFacts.files(data));
        entries.put("host", ManifestFacts.host());
        entries.put("backend", backend.entries());
        entries.put("weights_prepared_on", weightsPreparedOn);
        entries.put(RunManifest.PRODUCT, Map.of("version", site.version(), "commit", site.commit()));
        entries.put("training", new TreeMap<>(facts.entries()));
        sources.forEach((key, from) -> entries.put(key, Map.of(PATH, from.path(), "sha256", from.sha256())));
        loop.ifPresent(own -> entries.put("training_boards", own.entries()));
        recoveredChipHash.ifPresent(hash -> entries.put(RECOVERED_CHIP, hash));
        return entries;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a manifest says of boards in training.
 *
 * @param policy word of {@code train.loop.policy}
 * @param layers names of the layers on them
 * @param writings of whole layers, since the training was last begun or resumed
 * @param pulses of all these
 * @param boards the arrays
 */
public record LoopFacts(String policy, List<String> layers, long writings, long pulses, List<BoardFacts> boards) {
    SequencedMap<String, Object> entries() {
        SequencedMap<String, Object> entries = new LinkedHashMap<>();
        entries.put("policy", policy);
        entries.put("layers", layers);
        entries.put("layer_writings", writings);
        entries.put("write_pulses", pulses);
        entries.put("boards", boards.stream().map(BoardFacts::entries).toList());
        return entries;
    }
}

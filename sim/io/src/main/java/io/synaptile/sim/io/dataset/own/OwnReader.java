/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.own;

import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.io.dataset.DatasetReader;
import io.synaptile.sim.io.dataset.NormalisationChoice;
import java.util.Optional;

/** What readers of files of a user's own have in common: the files tell shape and classes, and nobody has published constants. */
interface OwnReader extends DatasetReader {
    @Override
    default Optional<DataForm> form() {
        return Optional.empty();
    }

    @Override
    default NormalisationChoice usualNormalisation() {
        return new NormalisationChoice.OfTraining();
    }

    @Override
    default double defaultValidationFraction() {
        return 0.2;
    }
}

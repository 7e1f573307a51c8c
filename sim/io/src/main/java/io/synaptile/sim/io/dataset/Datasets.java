/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.text.message.Quoted;
import io.synaptile.text.message.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The data sets that can be read here. */
public final class Datasets {
    private final Map<String, DatasetReader> readers = new TreeMap<>();

    private Datasets(Iterable<DatasetReader> found) {
        for (DatasetReader reader : found) {
            DatasetReader other = readers.put(reader.id(), reader);
            if (other != null) {
                throw new IllegalStateException("data set " + reader.id() + " is provided by "
                        + other.getClass().getName() + " and by "
                        + reader.getClass().getName());
            }
        }
    }

    /** Readers that the class loader can see. */
    public static Datasets installed(ClassLoader loader) {
        return new Datasets(ServiceLoader.load(DatasetReader.class, loader));
    }

    /** Readers that came with the product. */
    public static Datasets installed() {
        return installed(Datasets.class.getClassLoader());
    }

    /** In the order of their names. */
    public List<DatasetReader> readers() {
        return List.copyOf(readers.values());
    }

    /**
     * The reader of a set.
     *
     * @throws IllegalArgumentException naming the known sets
     */
    public DatasetReader reader(String set) {
        DatasetReader reader = readers.get(set);
        if (reader == null) {
            throw RefusedException.mustBe(
                    DataProperty.SET, "one of " + String.join(", ", readers.keySet()), Quoted.of(set));
        }
        return reader;
    }

    /**
     * Finds and reads a set and sets the validation part aside.
     *
     * @throws IllegalArgumentException if the set is unknown or a setting impossible
     * @throws DataFileException if a file is missing or damaged
     */
    public DatasetSplits load(DataRequest request) {
        DatasetReader reader = reader(request.set());
        DatasetParts parts = reader.read(DataLocation.of(request, reader));
        return constants(request, reader, parts)
                .applied(parts)
                .split(request.validation().orElse(reader.defaultValidationFraction()));
    }

    private static NormalisationChoice constants(DataRequest request, DatasetReader reader, DatasetParts parts) {
        if (!(request.normalisation() instanceof NormalisationChoice.Usual)) {
            return request.normalisation();
        }
        // Probabilities and numbers of spikes are what they are.
        boolean currents = request.own().frames().values() == FrameChoice.Values.CURRENTS;
        return parts.train().frames() == 0 || currents ? reader.usualNormalisation() : new NormalisationChoice.None();
    }
}

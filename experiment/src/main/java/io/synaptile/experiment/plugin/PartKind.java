/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellModels;
import io.synaptile.devices.conformance.AdcConformance;
import io.synaptile.devices.conformance.ArrayReadoutConformance;
import io.synaptile.devices.conformance.CellConformance;
import io.synaptile.devices.conformance.Conformance;
import io.synaptile.devices.conformance.EnergyTableConformance;
import io.synaptile.devices.converter.AdcModelProvider;
import io.synaptile.devices.cost.EnergyTable;
import io.synaptile.devices.cost.EnergyTableProvider;
import io.synaptile.devices.readout.ArrayReadoutProvider;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.NPairs;
import io.synaptile.mapping.codec.WeightCodecProvider;
import io.synaptile.mapping.conformance.CodecConformance;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All that is to be known of one kind of parts: a new kind is a new constant here and in {@link Sort}.
 *
 * @param <P> what provides such a part
 * @param service what a jar lists its providers under
 * @param builtIn providers of the product
 * @param inOrder whether those are listed in their own order and before those of plug-ins, and not all by name
 * @param name of a provider's part, as in an experiment file
 * @param description of a provider's part, one line
 * @param guard puts a guard around a provider of a plug-in
 * @param suite holds a provider against its contract
 */
record PartKind<P>(
        Sort sort,
        Class<P> service,
        Supplier<List<P>> builtIn,
        boolean inOrder,
        Function<P, String> name,
        Function<P, String> description,
        BiFunction<P, PlugInJar, P> guard,
        Conformance<P> suite) {
    static final PartKind<CellModelProvider> CELLS = new PartKind<>(
            Sort.CELL,
            CellModelProvider.class,
            () -> List.copyOf(CellModels.load().providers()),
            false,
            CellModelProvider::kind,
            CellModelProvider::description,
            GuardedCellProvider::new,
            CellConformance::check);

    static final PartKind<WeightCodecProvider> CODECS = new PartKind<>(
            Sort.CODEC,
            WeightCodecProvider.class,
            () -> Stream.concat(Stream.of(CodecKind.values()), Stream.of(NPairs.USUAL))
                    .toList(),
            true,
            WeightCodecProvider::id,
            WeightCodecProvider::description,
            GuardedCodecProvider::new,
            (codec, _) -> CodecConformance.check(codec));

    static final PartKind<EnergyTableProvider> ENERGY_TABLES = new PartKind<>(
            Sort.ENERGY_TABLE,
            EnergyTableProvider.class,
            () -> EnergyTable.profiles().stream()
                    .<EnergyTableProvider>map(Profile::new)
                    .toList(),
            true,
            EnergyTableProvider::name,
            EnergyTableProvider::description,
            GuardedEnergyTable::new,
            (table, _) -> EnergyTableConformance.check(table));

    static final PartKind<AdcModelProvider> CONVERTERS = new PartKind<>(
            Sort.CONVERTER,
            AdcModelProvider.class,
            () -> ofProduct(AdcModelProvider.class),
            false,
            AdcModelProvider::kind,
            AdcModelProvider::description,
            GuardedAdcProvider::new,
            AdcConformance::check);

    static final PartKind<ArrayReadoutProvider> ARRAY_READOUTS = new PartKind<>(
            Sort.ARRAY_READOUT,
            ArrayReadoutProvider.class,
            () -> ofProduct(ArrayReadoutProvider.class),
            false,
            ArrayReadoutProvider::kind,
            ArrayReadoutProvider::description,
            GuardedArrayReadoutProvider::new,
            ArrayReadoutConformance::check);

    /** Every kind, in the order in which parts are listed. */
    static final List<PartKind<?>> ALL = List.of(CELLS, CODECS, ENERGY_TABLES, CONVERTERS, ARRAY_READOUTS);

    private static <P> List<P> ofProduct(Class<P> service) {
        return ServiceLoader.load(service, PartKind.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** An energy table that comes with the product. */
    private record Profile(String name) implements EnergyTableProvider {
        @Override
        public String description() {
            return EnergyTable.description(name);
        }

        @Override
        public EnergyTable table() {
            return EnergyTable.profile(name);
        }
    }
}

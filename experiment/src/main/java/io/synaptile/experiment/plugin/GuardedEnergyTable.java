/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import io.synaptile.devices.cost.EnergyTable;
import io.synaptile.devices.cost.EnergyTableProvider;

/** An energy table of a plug-in; its entries check themselves. */
final class GuardedEnergyTable implements EnergyTableProvider, Guarded<EnergyTableProvider> {
    private final EnergyTableProvider provider;
    private final Guard guard;
    private final String name;
    private final String description;

    GuardedEnergyTable(EnergyTableProvider provider, PlugInJar jar) {
        this.provider = provider;
        Guard own =
                new Guard(jar, "energy table provider " + provider.getClass().getName());
        this.name = own.name("name", provider::name);
        this.description = String.valueOf(own.call("description", provider::description));
        this.guard = new Guard(jar, "energy table " + name);
    }

    @Override
    public EnergyTableProvider provider() {
        return provider;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public EnergyTable table() {
        EnergyTable table = ask();
        if (!table.entries().equals(ask().entries())) {
            throw guard.broke("has other entries when it is asked again");
        }
        return table;
    }

    private EnergyTable ask() {
        EnergyTable table = guard.call("table", provider::table);
        if (table == null) {
            throw guard.broke("is missing");
        }
        return table;
    }
}

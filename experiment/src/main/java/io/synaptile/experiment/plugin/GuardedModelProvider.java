/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import io.synaptile.devices.CellOption;
import io.synaptile.devices.ModelProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A provider of a plug-in, whose models are checked.
 *
 * @param <M> what it makes
 */
abstract class GuardedModelProvider<M> implements ModelProvider<M>, Guarded<ModelProvider<M>> {
    private final ModelProvider<M> provider;
    private final Guard guard;
    private final String kind;
    private final String description;
    private final Set<String> options;
    private final List<CellOption> described;
    /** Options of which two models have been compared. */
    private final Set<Map<String, Object>> tried = ConcurrentHashMap.newKeySet();

    /** @param sort what a model is called in messages */
    GuardedModelProvider(String sort, ModelProvider<M> provider, PlugInJar jar) {
        this.provider = provider;
        Guard own = new Guard(jar, sort + " provider " + provider.getClass().getName());
        this.kind = own.name("kind", provider::kind);
        this.description = String.valueOf(own.call("description", provider::description));
        this.options = Set.copyOf(own.list("options", provider::options));
        this.described = own.list("described", provider::described);
        this.guard = new Guard(jar, sort + " " + kind);
    }

    @Override
    public ModelProvider<M> provider() {
        return provider;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Set<String> options() {
        return options;
    }

    @Override
    public List<CellOption> described() {
        return described;
    }

    @Override
    public M create(Map<String, Object> values) {
        M model = make(values);
        Answers first = attempt(model);
        if (tried.add(new TreeMap<>(values))) {
            guard.requireSame(first, attempt(model));
            guard.requireSame(first, attempt(make(values)));
        }
        return model;
    }

    private M make(Map<String, Object> values) {
        M made = guard.make(() -> provider.create(values));
        if (made == null) {
            throw guard.broke("gave nothing in create");
        }
        return guarded(made, guard);
    }

    /** The model whose results are checked. */
    abstract M guarded(M made, Guard own);

    /** What a model answers in a trial: most plug-ins that break do so at once, and not after a training. */
    abstract Answers attempt(M guarded);
}

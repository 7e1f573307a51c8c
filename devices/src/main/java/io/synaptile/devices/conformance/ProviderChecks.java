/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.conformance;

import io.synaptile.devices.ModelProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** Checks of what makes models of any kind from the options of an experiment file. */
final class ProviderChecks {
    private static final String NAME = "[a-z0-9][a-z0-9-]*";

    private ProviderChecks() {}

    /**
     * Checks of a provider, and of a model that it makes.
     *
     * @param sort what a model is called, with its article
     * @param own further checks of the provider
     * @param suite checks of a model
     */
    static <M> List<Finding> of(
            String sort,
            ModelProvider<M> provider,
            Map<String, Object> options,
            List<Finding> own,
            Function<M, List<Finding>> suite) {
        List<Finding> findings = new ArrayList<>();
        findings.add(named("kind", provider::kind));
        findings.add(described(provider::description));
        findings.addAll(own);
        findings.add(Finding.of(
                "a value of the wrong type is refused by the name of its option, where it is read",
                () -> wrongTypes(provider, options)));
        List<M> made = new ArrayList<>();
        findings.add(Finding.of(sort + " is made", () -> {
            M model = provider.create(options);
            if (model == null) {
                return "create gave null";
            }
            made.add(model);
            return "";
        }));
        made.forEach(model -> findings.addAll(suite.apply(model)));
        return findings;
    }

    /** A name that an experiment file can hold. */
    static Finding named(String what, Supplier<String> name) {
        return Finding.of(what + " consists of lower-case letters, digits and '-'", () -> {
            String given = name.get();
            return given != null && given.matches(NAME) ? "" : "is '" + given + "'";
        });
    }

    /** A line that {@code device list} can print. */
    static Finding described(Supplier<String> description) {
        return Finding.of("description is one line", () -> {
            String line = description.get();
            return line != null && !line.isBlank() && line.lines().count() == 1 ? "" : "is '" + line + "'";
        });
    }

    private static String wrongTypes(ModelProvider<?> provider, Map<String, Object> options) {
        for (String option : new TreeSet<>(provider.options())) {
            Map<String, Object> wrong = new TreeMap<>(options);
            wrong.put(option, List.of(Boolean.TRUE));
            try {
                provider.create(wrong);
            } catch (IllegalArgumentException e) {
                if (e.getMessage() == null || !e.getMessage().startsWith(option)) {
                    return option + " [true] was refused with '" + e.getMessage() + "', which does not begin with "
                            + option;
                }
            }
        }
        return "";
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.sim.io.model.LayerFields;
import io.synaptile.sim.io.model.LayerGrammar;
import io.synaptile.text.message.Quoted;
import io.synaptile.text.message.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One layer of {@code network.layers}: a word ({@code lif}), a word with its main value ({@code dense: 128}), or with a block
 * ({@code conv: {channels: 16, padding: 1, name: a}}).
 */
public final class LayerEntry implements LayerFields {
    private static final String NAME = "name";
    private static final String FROM = "from";
    private static final String BIAS = "bias";
    private static final Pattern NAMES = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,59}");
    /** Stands for the number of classes. */
    private static final String CLASSES = "classes";

    /**
     * A word that names a kind of layer.
     *
     * @param kind as the grammar of model files has it
     * @param main key that a single value is meant for, as it is written here; empty if there is none
     * @param stem of the names that layers are given, {@code conv} for {@code conv1, conv2, ...}
     */
    private record Word(String kind, String main, String stem) {}

    private static final Map<String, Word> WORDS = new LinkedHashMap<>();
    /** Names of keys here by those of model files. */
    private static final Map<String, String> SHORT = Map.of("out_channels", "channels", "out_features", "features");

    static {
        WORDS.put("conv", new Word("conv2d", "channels", "conv"));
        WORDS.put("dense", new Word("dense", "features", "fc"));
        WORDS.put("avg_pool", new Word("avg_pool", "size", "pool"));
        WORDS.put("max_pool", new Word("max_pool", "size", "pool"));
        WORDS.put("relu", new Word("relu", "ceiling", "relu"));
        WORDS.put("rate_norm", new Word("rate_norm", "", "rate"));
        WORDS.put("qcfs", new Word("qcfs", "levels", "qcfs"));
        WORDS.put("input", new Word(LayerGrammar.PART, NAME, "input"));
        WORDS.put("flatten", new Word("flatten", "", "flatten"));
        WORDS.put("dropout", new Word("dropout", "rate", "drop"));
        WORDS.put(BIAS, new Word(BIAS, "", BIAS));
        WORDS.put("norm", new Word("step_norm", "kind", "bn"));
        WORDS.put("lif", new Word("neuron", "", "lif"));
        WORDS.put("if", new Word("neuron", "", "if"));
        WORDS.put("neuron", new Word("neuron", "", "neuron"));
        WORDS.put("add", new Word("add", FROM, "add"));
        WORDS.put("and", new Word("and", FROM, "and"));
        WORDS.put("iand", new Word("iand", FROM, "iand"));
        WORDS.put("concat", new Word("concat", FROM, "concat"));
        WORDS.put("integrator", new Word("integrator", "leak", "li"));
        WORDS.put("read_out", new Word("read_out", "rule", "readout"));
    }

    private final String word;
    private final Map<String, Setting> fields;
    private final Setting.Origin origin;
    private final String suffix;
    private final int classes;
    private final Set<String> used = new TreeSet<>(Set.of(NAME, FROM));

    private LayerEntry(String word, Map<String, Setting> fields, Setting.Origin origin, String suffix, int classes) {
        this.word = word;
        this.fields = fields;
        this.origin = origin;
        this.suffix = suffix;
        this.classes = classes;
    }

    /** @param suffix of names that are given within repetitions */
    static LayerEntry of(Setting item, String suffix, int classes) {
        if (item instanceof Setting.Scalar(Object value, String text, Setting.Origin origin) && value != null) {
            known(text, origin);
            return new LayerEntry(text, Map.of(), origin, suffix, classes);
        } else if (item instanceof Setting.Block block && block.entries().size() == 1) {
            Map.Entry<String, Setting> only =
                    block.entries().entrySet().iterator().next();
            Setting.Origin origin = only.getValue().origin();
            String main = known(only.getKey(), origin).main();
            return new LayerEntry(only.getKey(), fields(only.getKey(), only.getValue(), main), origin, suffix, classes);
        }
        throw item.origin()
                .problem(
                        LayerList.KEY,
                        LayerList.KEY
                                + ": a layer is a word such as lif, or one such as dense: 128 or conv: {channels: 16},"
                                + " got " + (item instanceof Setting.Block block ? keys(block) : item.describe()));
    }

    private static String keys(Setting.Block block) {
        return "a block with the keys " + String.join(", ", block.entries().keySet());
    }

    private static Map<String, Setting> fields(String word, Setting value, String main) {
        if (value instanceof Setting.Block block) {
            return block.entries();
        } else if (Tree.isNothing(value)) {
            return Map.of();
        } else if (main.isEmpty()) {
            throw value.origin()
                    .problem(
                            LayerList.KEY,
                            LayerList.KEY + ": " + word + " takes no single value, got " + value.describe()
                                    + "; its settings stand in a block");
        }
        return Map.of(main, value);
    }

    private static Word known(String word, Setting.Origin origin) {
        Word known = WORDS.get(word);
        if (known == null) {
            String meant = Spelling.nearest(word, WORDS.keySet())
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("");
            throw origin.problem(
                    LayerList.KEY,
                    LayerList.KEY + ": " + Quoted.bare(word) + " is not a kind of layer" + meant + " (known are "
                            + String.join(", ", WORDS.keySet()) + ", repeat)");
        }
        return known;
    }

    /** Kind in the grammar of model files. */
    public String kind() {
        return WORDS.get(word).kind();
    }

    /** Beginning of the name that the layer is given if it has none of its own. */
    public String stem() {
        return WORDS.get(word).stem();
    }

    /** Whether it reads several layers, which {@code from} then names. */
    public boolean isJoin() {
        return WORDS.get(word).main().equals(FROM);
    }

    /** Whether its neurons never leak, whatever is usual. */
    public boolean isWithoutLeak() {
        return word.equals("if");
    }

    /** Whether its neurons leak as {@code network.neuron.leak} says, also where neurons usually do not. */
    public boolean leaks() {
        return word.equals("lif");
    }

    /** Name that is written, with the turn of the repetition that it stands in. */
    public Optional<String> name() {
        return Optional.ofNullable(fields.get(NAME)).map(given -> {
            if (given instanceof Setting.Scalar scalar
                    && NAMES.matcher(scalar.text()).matches()) {
                return scalar.text() + suffix;
            }
            throw problem(NAME + " must be a word of letters, digits, _ and -, beginning with a letter, got "
                    + given.describe());
        });
    }

    /** Whether a number of its own is to be added to every channel of what a synapse layer gives. */
    public boolean hasBias() {
        return (kind().equals("conv2d") || kind().equals("dense")) && flag(BIAS);
    }

    /** Names of the layers that it reads; empty for the one before it. */
    public List<String> from() {
        Setting given = fields.get(FROM);
        if (given == null) {
            return List.of();
        }
        List<Setting> items = given instanceof Setting.Sequence list ? list.items() : List.of(given);
        List<String> names = new ArrayList<>();
        for (Setting item : items) {
            if (item instanceof Setting.Scalar scalar && scalar.value() != null) {
                names.add(scalar.text());
            } else {
                throw problem(FROM + " must name layers, got " + item.describe());
            }
        }
        return names;
    }

    /** What names of the same turn of a repetition end in; empty outside of one. */
    public String suffix() {
        return suffix;
    }

    private Setting find(String key) {
        String here = SHORT.getOrDefault(key, key);
        used.add(key);
        used.add(here);
        return fields.getOrDefault(here, fields.get(key));
    }

    @Override
    public int integer(String key, int otherwise) {
        Setting given = find(key);
        if (given == null) {
            return otherwise;
        } else if (given instanceof Setting.Scalar(Object value, String text, Setting.Origin _)) {
            if (value instanceof Long number && number == number.intValue()) {
                return number.intValue();
            } else if (text.equals(CLASSES) && key.equals("out_features")) {
                return classes;
            }
        }
        throw wrong(key, "a whole number is needed");
    }

    @Override
    public int integer(String key) {
        if (find(key) == null) {
            String here = SHORT.getOrDefault(key, key);
            Spelling.nearest(here, fields.keySet())
                    .filter(near -> !used.contains(near))
                    .ifPresent(near -> {
                        throw problem("unknown key " + Quoted.bare(near) + "; did you mean " + here + "?");
                    });
            throw problem(here + " is missing");
        }
        return integer(key, 0);
    }

    @Override
    public int[] pair(String key, int otherwise) {
        return find(key) == null ? new int[] {otherwise, otherwise} : pair(key);
    }

    @Override
    public int[] optionalPair(String key, int otherwise) {
        return pair(key, otherwise);
    }

    @Override
    public int[] pair(String key) {
        if (!(find(key) instanceof Setting.Sequence list)) {
            int both = integer(key);
            return new int[] {both, both};
        }
        int[] numbers = list.items().stream()
                .mapToInt(item -> item instanceof Setting.Scalar scalar
                                && scalar.value() instanceof Long number
                                && number == number.intValue()
                        ? number.intValue()
                        : -1)
                .toArray();
        if (numbers.length != 2 || numbers[0] < 0 || numbers[1] < 0) {
            throw wrong(key, "one whole number or two, of lines and columns, are needed");
        }
        return numbers;
    }

    @Override
    public boolean says(String key, String said) {
        return find(key) instanceof Setting.Scalar scalar && scalar.text().equals(said);
    }

    @Override
    public boolean optionalSays(String key, String said) {
        return says(key, said);
    }

    @Override
    public boolean has(String key) {
        return find(key) != null;
    }

    @Override
    public float number(String key, float otherwise) {
        Setting given = find(key);
        if (isWithoutLeak() && key.equals("leak")) {
            if (given != null) {
                throw problem("an if neuron has no leak; lif has one");
            }
            return 1f;
        } else if (given == null) {
            return otherwise;
        } else if (given instanceof Setting.Scalar(Object value, String _, Setting.Origin _)
                && value instanceof Number number) {
            return number.floatValue();
        }
        throw wrong(key, "a number is needed");
    }

    @Override
    public String text(String key, String otherwise) {
        Setting given = find(key);
        if (given == null) {
            return otherwise;
        } else if (given instanceof Setting.Scalar scalar && scalar.value() != null) {
            return scalar.text();
        }
        throw wrong(key, "a word is needed");
    }

    @Override
    public int optional(String key, int otherwise) {
        return integer(key, otherwise);
    }

    @Override
    public float optional(String key, float otherwise) {
        return number(key, otherwise);
    }

    @Override
    public String optional(String key, String otherwise) {
        return text(key, otherwise);
    }

    @Override
    public boolean flag(String key) {
        if (kind().equals("step_norm") && key.equals("shared")) {
            return switch (text("kind", "bntt")) {
                case "bntt" -> false;
                case "shared" -> true;
                default -> throw wrong("kind", "bntt and shared are known");
            };
        }
        Setting given = find(key);
        if (given == null) {
            return false;
        } else if (given instanceof Setting.Scalar(Object value, String _, Setting.Origin _)
                && value instanceof Boolean truth) {
            return truth;
        }
        throw wrong(key, "true or false is needed");
    }

    @Override
    public ConfigException wrong(String key, String allowed) {
        Setting given = find(key);
        return problem(SHORT.getOrDefault(key, key) + " is " + (given == null ? "missing" : given.describe()) + ", "
                + allowed);
    }

    /** Refuses what nobody has asked for. */
    public void requireNothingElse() {
        for (String key : fields.keySet()) {
            if (!used.contains(key)) {
                Set<String> known = new TreeSet<>(used);
                known.removeAll(SHORT.keySet());
                String meant = Spelling.nearest(key, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
                throw problem("unknown key " + Quoted.bare(key) + meant + " (" + word + " has "
                        + String.join(", ", known) + ")");
            }
        }
    }

    /** A problem with this layer, placed at its line. */
    public ConfigException problem(String message) {
        return origin.problem(LayerList.KEY, LayerList.KEY + ": " + word + ": " + message);
    }

    /** A problem whose message names the layer itself. */
    public ConfigException refused(String message) {
        return origin.problem(LayerList.KEY, LayerList.KEY + ": " + message);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellModels;
import java.util.Optional;
import java.util.TreeSet;

/** Writes {@code docs/reference.md}: every key with type, unit, range, default, meaning and source. */
public final class ReferencePage {
    private ReferencePage() {}

    /** The page as Markdown. */
    public static String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("# Keys of the experiment file\n\n")
                .append(
                        "Generated from the records of `io.synaptile.experiment.file`; do not edit, a test compares.\n\n")
                .append("Unknown keys are errors. Every key can also be given on the command line as `key=value`.\n");
        Schema root = Schema.of(Experiment.class);
        page.append("\n## Top level\n\n");
        table(page, "", root);
        root.fields().forEach((key, field) -> {
            if (field.isBlock()) {
                page.append("\n## ")
                        .append(key)
                        .append("\n\n")
                        .append(field.about().value())
                        .append("\n\n");
                table(page, key + ".", field.block());
            }
        });
        cells(page);
        page.append(
                        "\n## Familiar names\n\nAccepted wherever they are written, and echoed as the key they stand for.\n\n")
                .append("| name | read as |\n|---|---|\n");
        Aliases.all()
                .forEach((alias, keys) -> page.append("| `")
                        .append(alias)
                        .append("` | `")
                        .append(String.join("`, `", keys))
                        .append("` |\n"));
        Aliases.flags()
                .forEach((flag, meaning) -> page.append("| `")
                        .append(flag)
                        .append(": true` | `")
                        .append(meaning.key())
                        .append(": ")
                        .append(meaning.value())
                        .append("` |\n"));
        page.append("\n## Earlier names\n\nStill accepted, and echoed as the current name.\n\n")
                .append("| name | read as |\n|---|---|\n");
        FormerNames.all(root)
                .forEach((former, today) -> page.append("| `")
                        .append(former)
                        .append("` | `")
                        .append(today)
                        .append("` |\n"));
        return page.toString();
    }

    private static void table(StringBuilder page, String path, Schema schema) {
        page.append("| key | type | range | default | meaning |\n|---|---|---|---|---|\n");
        rows(page, path, schema);
    }

    private static void rows(StringBuilder page, String path, Schema schema) {
        schema.fields().forEach((key, field) -> {
            if (field.isMap()) {
                page.append("| `%s` | blocks by layer name or pattern |  | `{}` | %s |\n"
                        .formatted(path + key, field.about().value()));
                rows(page, path + key + ".LAYER.", field.block());
            } else if (!field.isBlock()) {
                row(page, path + key, field, schema.deciding());
            } else if (!path.isEmpty()) {
                alone(page, path + key, field);
                rows(page, path + key + ".", field.block());
            }
        });
    }

    /** A block that may be written as a single value. */
    private static void alone(StringBuilder page, String dotted, Schema.Field field) {
        String key = field.about().alone();
        if (!key.isEmpty()) {
            page.append("| `%s` | a block, or its `%s` alone |  |  | %s |\n"
                    .formatted(dotted, key, field.about().value()));
        }
    }

    private static void row(StringBuilder page, String dotted, Schema.Field field, Optional<String> deciding) {
        Key about = field.about();
        String type = Binder.expected(field.valueType(), about.zero());
        String unit = about.unit().isEmpty() ? "" : ", " + about.unit();
        String words = String.join(", ", about.kinds());
        String kinds = words.isEmpty()
                ? ""
                : deciding.map(key -> "With `" + key + ": " + words + "`. ").orElse("Kind " + words + ". ");
        String meaning = kinds + about.value() + (about.source().isEmpty() ? "" : " Source: " + about.source() + ".");
        page.append("| `")
                .append(dotted)
                .append("` | ")
                .append(field.isList() ? "list, each " : "")
                .append(type)
                .append(unit)
                .append(" | ")
                .append(about.range())
                .append(about.zero().isEmpty() ? "" : ", 0 for " + about.zero())
                .append(" | ")
                .append(otherwise(about))
                .append(" | ")
                .append(meaning)
                .append(" |\n");
    }

    private static String otherwise(Key about) {
        StringBuilder text = new StringBuilder(
                about.otherwise().equals(Key.REQUIRED) ? "(must be given)" : "`" + about.otherwise() + "`");
        for (Key.ByKind own : about.byKind()) {
            text.append("; ")
                    .append(String.join(", ", own.kinds()))
                    .append(": `")
                    .append(own.otherwise())
                    .append("`");
        }
        return text.toString();
    }

    private static void cells(StringBuilder page) {
        page.append("\n## Options of `hardware.cell` by kind\n\n| kind | what it is | options |\n|---|---|---|\n");
        for (CellModelProvider provider : CellModels.load().providers()) {
            page.append("| `")
                    .append(provider.kind())
                    .append("` | ")
                    .append(provider.description())
                    .append(" | `")
                    .append(String.join("`, `", new TreeSet<>(provider.options())))
                    .append("` |\n");
        }
    }
}

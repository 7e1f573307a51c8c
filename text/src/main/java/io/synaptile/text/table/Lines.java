/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of a file, told apart into comments and others. */
final class Lines {
    /** A spreadsheet puts a comment with a separator in it into quotes. {@code #N/A} is a value. */
    private static final Pattern COMMENT = Pattern.compile("\"?(#(?!N/A|NV|DIV/0!)|%|//).*", Pattern.DOTALL);

    private static final Pattern MARK = Pattern.compile("\\s*+[#%/]++\\s?");
    private static final Pattern DIRECTIVE = Pattern.compile("\"?sep=(.)\"?");

    private final Content content;
    private final List<String> without = new ArrayList<>();
    private Optional<Separator> stated = Optional.empty();
    private boolean said;

    Lines(Content content) {
        this.content = content;
        for (String line : content.lines()) {
            Optional<Separator> directive = said ? Optional.empty() : directive(line);
            stated = stated.or(() -> directive);
            String row = directive.isPresent() || isComment(line) ? "" : line;
            said |= directive.isPresent() || !row.isBlank();
            without.add(row);
        }
    }

    /** What the first line that says something states about the separator. */
    private Optional<Separator> directive(String line) {
        Matcher directive = DIRECTIVE.matcher(line.strip().toLowerCase(Locale.ROOT));
        return directive.matches() ? Optional.of(separator(directive.group(1))) : Optional.empty();
    }

    private Separator separator(String text) {
        return switch (text) {
            case ";" -> Separator.SEMICOLON;
            case "," -> Separator.COMMA;
            case "\t" -> Separator.TAB;
            default ->
                throw new TableException(content.place() + ", line " + (without.size() + 1) + ": 'sep=" + text
                        + "' names a separator that is none of comma, semicolon and tab");
        };
    }

    static boolean isComment(String line) {
        return COMMENT.matcher(line.stripLeading()).matches();
    }

    /** Separators that may be meant: the one that the file states, else all. */
    List<Separator> separators() {
        return stated.map(List::of)
                .orElse(List.of(Separator.TAB, Separator.SEMICOLON, Separator.COMMA, Separator.SPACE, Separator.NONE));
    }

    /** Number of lines. */
    int count() {
        return without.size();
    }

    /** A line from 1; blank where it is a comment. */
    String line(int number) {
        return without.get(number - 1);
    }

    boolean isBlank(int number) {
        return line(number).isBlank();
    }

    /** A comment without its mark; blank for another line. */
    String comment(int number) {
        String line = content.lines().get(number - 1);
        return isComment(line) ? MARK.matcher(line.strip()).replaceFirst("") : "";
    }

    /** All lines, those that are no rows blank. */
    List<String> from(int first) {
        List<String> rows = new ArrayList<>(without);
        for (int i = 0; i < Math.min(first - 1, rows.size()); i++) {
            rows.set(i, "");
        }
        return rows;
    }

    /**
     * The first lines, those that are no rows blank.
     *
     * @param most lines from the first that is not blank
     */
    List<String> sample(int most) {
        int begun = 0;
        while (begun < without.size() && without.get(begun).isBlank()) {
            begun++;
        }
        return without.subList(0, Math.min(begun + most, without.size()));
    }
}

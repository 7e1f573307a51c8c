/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.message;

import java.util.Optional;

/**
 * A value that cannot be, or that does not go with others. The message names properties in words; {@link #sentence} can be
 * said with other names for them.
 */
public final class RefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient Sentence sentence;
    private final transient Optional<String> part;
    private final transient Optional<String> allowed;
    private final transient Optional<String> found;

    private RefusedException(
            Sentence sentence,
            Optional<String> part,
            Optional<String> allowed,
            Optional<String> found,
            Optional<Throwable> cause) {
        super(sentence.inWords(), cause.orElse(null));
        this.sentence = sentence;
        this.part = part;
        this.allowed = allowed;
        this.found = found;
    }

    /**
     * A property with a value of its own that is not allowed.
     *
     * @param allowed as it follows "must be"
     */
    public static RefusedException mustBe(Property property, String allowed, Object found) {
        return new RefusedException(
                Sentence.of(property, " must be ", allowed, ", got ", found),
                Optional.empty(),
                Optional.of(allowed),
                Optional.of(String.valueOf(found)),
                Optional.empty());
    }

    /** Anything else; the first property that is named is the one that is refused. */
    public static RefusedException of(Object... parts) {
        return new RefusedException(
                Sentence.of(parts), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * The same about one part of several that each have the property.
     *
     * @param sort of the part, for example {@code layer}
     */
    public RefusedException in(String sort, String name) {
        return new RefusedException(
                sentence.after(sort + " " + name + ": "), Optional.of(name), allowed, found, Optional.of(this));
    }

    /** What the message says. */
    public Sentence sentence() {
        return sentence;
    }

    /** The property that is refused; empty if none is named. */
    public Optional<Property> property() {
        return sentence.properties().stream().findFirst();
    }

    /** Name of the part, such as a layer, that has the property; empty if all have. */
    public Optional<String> part() {
        return part;
    }

    /** What the value must be; empty where that depends on other properties. */
    public Optional<String> allowed() {
        return allowed;
    }

    /** The value that was refused; empty where it is not the value alone. */
    public Optional<String> found() {
        return found;
    }
}

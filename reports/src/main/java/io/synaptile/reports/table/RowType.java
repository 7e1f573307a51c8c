/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Columns of a record and the way back from their cells, from its {@link Cell} components.
 *
 * @param <R> the record
 */
final class RowType<R> {
    private final Class<R> type;
    private final Constructor<R> constructor;
    private final List<Part> parts = new ArrayList<>();

    /** One component: its columns, and its value from their cells by name. */
    private record Part(List<Column<Object>> columns, Function<UnaryOperator<String>, Object> read) {}

    RowType(Class<R> type) {
        this.type = type;
        this.constructor = canonical(type);
        for (RecordComponent component : type.getRecordComponents()) {
            parts.add(part(component));
        }
    }

    /** In the order of the components. */
    List<Column<R>> columns() {
        List<Column<R>> columns = new ArrayList<>();
        parts.forEach(part ->
                part.columns().forEach(column -> columns.add(new Column<>(column.metric(), column.value()::apply))));
        return columns;
    }

    /**
     * A row from cells.
     *
     * @param cells by column name
     * @throws IllegalArgumentException if a cell is not of its type
     */
    R read(UnaryOperator<String> cells) {
        Object[] values = parts.stream().map(part -> part.read().apply(cells)).toArray();
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException refused
                    ? refused
                    : new IllegalStateException("the constructor of " + type + " failed", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " has no public constructor", e);
        }
    }

    private static <R> Constructor<R> canonical(Class<R> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " is not a record", e);
        }
    }

    private static Part part(RecordComponent component) {
        Cell cell = component.getAnnotation(Cell.class);
        Function<Object, Object> value = row -> get(component.getAccessor(), row);
        Class<?> type = component.getType();
        if (cell == null) {
            return nested(new RowType<>(type), value);
        } else if (type == int.class) {
            return part(Metric.integer(cell.name(), cell.label()), value, Integer::parseInt);
        } else if (type == long.class) {
            return part(Metric.integer(cell.name(), cell.label()), value, Long::parseLong);
        } else if (type == double.class) {
            // An empty field is a quantity that does not exist there.
            return part(Metric.decimal(cell.name(), cell.label(), cell.unit()), value, Numbers::parse);
        } else if (type == String.class) {
            return part(Metric.text(cell.name(), cell.label()), value, text -> text);
        } else if (Word.class.isAssignableFrom(type)) {
            return part(
                    Metric.text(cell.name(), cell.label()),
                    row -> ((Word) value.apply(row)).word(),
                    text -> Word.of(type, cell.name(), text));
        }
        throw new IllegalStateException(component + " of " + type + " is no column");
    }

    private static Part part(Metric metric, Function<Object, Object> value, Function<String, Object> parse) {
        return new Part(List.of(new Column<>(metric, value)), cells -> parse.apply(cells.apply(metric.name())));
    }

    private static <N> Part nested(RowType<N> inner, Function<Object, Object> value) {
        List<Column<Object>> columns = inner.columns().stream()
                .map(column -> new Column<Object>(
                        column.metric(), row -> column.value().apply(inner.type.cast(value.apply(row)))))
                .toList();
        return new Part(columns, inner::read);
    }

    private static Object get(Method accessor, Object row) {
        try {
            return accessor.invoke(row);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(accessor + " cannot be read", e);
        }
    }
}

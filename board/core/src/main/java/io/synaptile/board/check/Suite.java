/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.check;

import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Runs checks one after the other and keeps what they find. */
final class Suite {
    private final List<Finding> findings = new ArrayList<>();
    private final Consumer<Finding> seen;

    Suite(Consumer<Finding> seen) {
        this.seen = seen;
    }

    /**
     * Makes a check.
     *
     * @param body gives figures where all is well, and throws otherwise
     * @return whether it passed
     */
    boolean check(String name, Callable<String> body) {
        Finding finding;
        try {
            finding = new Finding(name, true, body.call());
        } catch (Broken e) {
            finding = new Finding(name, false, e.getMessage());
        } catch (StatusRuntimeException e) {
            finding = new Finding(name, false, "the board answered " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            finding = new Finding(name, false, "interrupted");
        } catch (Exception e) {
            finding = new Finding(name, false, e.toString());
        }
        findings.add(finding);
        seen.accept(finding);
        return finding.passed();
    }

    List<Finding> findings() {
        return Collections.unmodifiableList(findings);
    }
}

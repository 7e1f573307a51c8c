/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Asks TornadoVM for its devices, once for all tests. */
final class DevicePresent implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Devices.MISSING == null) {
            return ConditionEvaluationResult.enabled(Devices.FOUND);
        }
        if (Boolean.getBoolean("synaptile.tornado.required")) {
            throw new IllegalStateException(Devices.MISSING);
        }
        return ConditionEvaluationResult.disabled(Devices.MISSING);
    }

    private static final class Devices {
        static final String FOUND;
        static final String MISSING;

        static {
            String found = "";
            String missing = null;
            try {
                found = TornadoDevices.line(0, TornadoDevices.all().getFirst());
            } catch (IllegalStateException e) {
                missing = e.getMessage();
            }
            FOUND = found;
            MISSING = missing;
        }
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.trace;

import com.google.protobuf.MessageLite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What a call is recognised by. */
final class CallHash {
    private CallHash() {}

    static byte[] of(MessageLite request) {
        return sha256(request.toByteArray());
    }

    static byte[] of(String words) {
        return sha256(words.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every virtual machine has SHA-256", e);
        }
    }
}

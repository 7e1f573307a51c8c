/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.client;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where an array of a board is: {@code grpc://host:port/array}, or {@code grpcs://} for a connection with TLS.
 *
 * @param secure whether the connection has TLS
 * @param host of the board
 * @param port that it listens on
 * @param array name of the first array that is meant
 */
public record BoardAddress(boolean secure, String host, int port, String array) {
    /** How an address is written. */
    public static final String FORM = "grpc://host:port/array or grpcs://host:port/array";

    private static final int MAX_PORT = 65_535;

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException naming what is allowed
     */
    public static BoardAddress of(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw refused(text);
        }
        boolean secure = "grpcs".equals(uri.getScheme());
        String path = uri.getPath();
        if (!secure && !"grpc".equals(uri.getScheme())
                || uri.getHost() == null
                || uri.getPort() < 1
                || uri.getPort() > MAX_PORT
                || path == null
                || path.length() < 2
                || uri.getQuery() != null
                || uri.getUserInfo() != null
                || path.indexOf('/', 1) >= 0) {
            throw refused(text);
        }
        return new BoardAddress(secure, uri.getHost(), uri.getPort(), path.substring(1));
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("must be " + FORM + ", got '" + text + "'");
    }

    /** The board without the array. */
    public String board() {
        return (secure ? "grpcs://" : "grpc://") + host + ":" + port;
    }
}

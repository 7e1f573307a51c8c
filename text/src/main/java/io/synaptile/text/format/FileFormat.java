/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.format;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Kinds of files that are no plain text, as their first bytes tell. */
public enum FileFormat {
    GZIP("a file packed with gzip"),
    XLSX("a spreadsheet (.xlsx, to be saved as CSV first)"),
    ODS("a spreadsheet (.ods, to be saved as CSV first)"),
    XLS("an old Microsoft Office file (.xls, to be saved as CSV first)"),
    NPZ("an archive of NumPy arrays (.npz)"),
    NPY("a NumPy array (.npy)"),
    PT("a PyTorch file (.pt, .pth)"),
    JAR("a Java archive (.jar)"),
    ZIP("a zip archive"),
    HDF5("an HDF5 file (.h5, .nir)"),
    MATLAB("a MATLAB file (.mat)"),
    SAFETENSORS("a safetensors file"),
    IDX("an IDX file, as used by MNIST"),
    PICKLE("a Python pickle (.pkl, .pt, .pth)"),
    ONNX("an ONNX model (.onnx)"),
    TAR("a tar archive (to be unpacked first)"),
    BZIP2("a file packed with bzip2"),
    XZ("a file packed with xz"),
    ZSTD("a file packed with zstd"),
    SEVEN_ZIP("a 7z archive"),
    PDF("a PDF document"),
    PNG("a PNG image"),
    JPEG("a JPEG image"),
    HTML("a web page (HTML)");

    /** Bytes that are enough to tell. */
    public static final int HEAD_BYTES = 1 << 12;

    private static final int ZIP_NAME = 30;
    private static final int TAR_MARK = 257;

    /** Header of safetensors that is not taken for one any more, bytes. */
    private static final int LARGEST_HEADER = 100_000_000;

    private final String description;

    FileFormat(String description) {
        this.description = description;
    }

    /** What it is, with article, for a message: {@code a NumPy array (.npy)}. */
    public String description() {
        return description;
    }

    /**
     * The format of a file.
     *
     * @param head its first bytes, {@link #HEAD_BYTES} or all there are
     * @return empty if it is none of these, as every text is
     */
    public static Optional<FileFormat> of(byte[] head) {
        String latin = new String(head, 0, Math.min(head.length, HEAD_BYTES), StandardCharsets.ISO_8859_1);
        if (latin.startsWith("PK\3\4")) {
            return Optional.of(zip(latin));
        } else if (latin.startsWith("PK\5\6")) {
            return Optional.of(ZIP);
        } else if (latin.startsWith("ustar", TAR_MARK)) {
            return Optional.of(TAR);
        } else if (latin.startsWith("\37\u008b")) {
            return Optional.of(GZIP);
        } else if (latin.startsWith("\u0093NUMPY")) {
            return Optional.of(NPY);
        } else if (latin.startsWith("\u0089HDF\r\n")) {
            return Optional.of(HDF5);
        } else if (latin.startsWith("MATLAB 5.0 MAT-file")) {
            return Optional.of(MATLAB);
        } else if (latin.startsWith("\u00d0\u00cf\u0011\u00e0")) {
            return Optional.of(XLS);
        } else if (latin.startsWith("%PDF-")) {
            return Optional.of(PDF);
        } else if (latin.startsWith("\u0089PNG")) {
            return Optional.of(PNG);
        } else if (latin.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        } else if (latin.startsWith("BZh") && latin.length() > 4 && latin.charAt(4) == '1') {
            return Optional.of(BZIP2);
        } else if (latin.startsWith("\u00fd7zXZ\0")) {
            return Optional.of(XZ);
        } else if (latin.startsWith("\u0028\u00b5\u002f\u00fd")) {
            return Optional.of(ZSTD);
        } else if (latin.startsWith("7z\u00bc\u00af")) {
            return Optional.of(SEVEN_ZIP);
        } else if (latin.matches("(?s)\u0080[\2-\5].*")) {
            return Optional.of(PICKLE);
        } else if (latin.matches("(?s)\0\0[\10\11\13-\16][\1-\4]\0.*")) {
            return Optional.of(IDX);
        } else if (latin.matches("(?s)\10[\1-\37][\22\32\72\102].*")) {
            // Version of the format, then the name of a producer, the graph or the operators.
            return Optional.of(ONNX);
        } else if (isSafetensors(head)) {
            return Optional.of(SAFETENSORS);
        } else if (latin.matches("(?is)\\s*(<!doctype html|<html).*")) {
            return Optional.of(HTML);
        }
        return Optional.empty();
    }

    private static FileFormat zip(String latin) {
        if (latin.length() < ZIP_NAME) {
            return ZIP;
        }
        int length = latin.charAt(26) | latin.charAt(27) << 8;
        String first = latin.substring(ZIP_NAME, Math.min(latin.length(), ZIP_NAME + length));
        if (first.endsWith(".npy")) {
            return NPZ;
        } else if (first.endsWith("data.pkl") || latin.contains("/data.pkl") || latin.contains("/.format_version")) {
            return PT;
        } else if (first.equals("[Content_Types].xml") || first.startsWith("xl/")) {
            return XLSX;
        } else if (latin.startsWith("mimetypeapplication/vnd.oasis.opendocument.spreadsheet", ZIP_NAME)) {
            return ODS;
        } else if (first.startsWith("META-INF/")) {
            return JAR;
        }
        return ZIP;
    }

    /** Eight bytes of length, lowest first, then JSON. */
    private static boolean isSafetensors(byte[] head) {
        if (head.length < 9 || head[8] != '{') {
            return false;
        }
        long length = 0;
        for (int i = 7; i >= 0; i--) {
            length = length << 8 | head[i] & 0xff;
        }
        return length > 0 && length <= LARGEST_HEADER;
    }
}

package fi.signspace.plugin.sandbox.file;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Estimates the memory for opening a PDF. A reader decompresses whole object streams: a few hundred
 * kilobytes of a crafted file can expand to as many megabytes.
 */
final class PdfStreams {

  /** A regular object stream has a few megabytes at most, a scanned page less than this. */
  private static final long MAX_UNPACKED = 64L * 1024 * 1024;

  /** Limits the time for decompressing all streams. */
  private static final long MAX_UNPACKED_IN_TOTAL = 16 * MAX_UNPACKED;

  private static final byte[] START = {'s', 't', 'r', 'e', 'a', 'm'};
  private static final int CHUNK = 64 * 1024;

  private PdfStreams() {}

  /** Whether one compressed stream, or all of them together, expand to too much. */
  static boolean areTooLarge(byte[] pdf) {
    long total = 0;
    for (int i = 0; i + START.length < pdf.length; i++) {
      if (startsAt(pdf, i)) {
        long length = unpackedLength(pdf, firstByteOf(pdf, i + START.length));
        total += length;
        if (length > MAX_UNPACKED || total > MAX_UNPACKED_IN_TOTAL) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean startsAt(byte[] pdf, int index) {
    for (int i = 0; i < START.length; i++) {
      if (pdf[index + i] != START[i]) {
        return false;
      }
    }
    return true;
  }

  private static int firstByteOf(byte[] pdf, int end) {
    int first = end;
    while (first < pdf.length && Character.isWhitespace(pdf[first])) {
      first++;
    }
    return first;
  }

  /** Close to zero for data that is not deflated; stops shortly above the maximum. */
  private static long unpackedLength(byte[] pdf, int from) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(pdf, from, pdf.length - from);
      byte[] chunk = new byte[CHUNK];
      int unpacked = 1;
      while (unpacked > 0 && inflater.getBytesWritten() <= MAX_UNPACKED) {
        unpacked = inflater.inflate(chunk);
      }
      return inflater.getBytesWritten();
    } catch (DataFormatException e) {
      return inflater.getBytesWritten();
    } finally {
      inflater.end();
    }
  }
}

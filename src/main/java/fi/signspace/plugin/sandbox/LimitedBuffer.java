package fi.signspace.plugin.sandbox;

import java.io.ByteArrayOutputStream;

/** Collects bytes up to a limit and rejects more with status 413. */
public final class LimitedBuffer extends ByteArrayOutputStream {

  private final int limit;

  /**
   * @param expected the expected number of bytes
   */
  public LimitedBuffer(int expected, int limit) {
    super(expected);
    this.limit = limit;
  }

  @Override
  public synchronized void write(int b) {
    requireRoomFor(1);
    super.write(b);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    requireRoomFor(length);
    super.write(bytes, offset, length);
  }

  private void requireRoomFor(int more) {
    if (more > limit - count) {
      throw RefusalException.of(
          413, "too_large", "base64: the file is larger than " + limit + " bytes");
    }
  }
}

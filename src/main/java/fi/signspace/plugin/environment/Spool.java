package fi.signspace.plugin.environment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Holds what is written to it: in memory while it is short, and then in a temporary file. */
public final class Spool extends OutputStream {

  private static final int MAX_IN_MEMORY = 256 * 1024;

  /** A channel copies what is written at once out of the heap, and its thread keeps that memory. */
  private static final int MAX_WRITTEN_AT_ONCE = 64 * 1024;

  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable Path file;
  private OutputStream target = memory;

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (file == null && memory.size() + length > MAX_IN_MEMORY) {
      file = Files.createTempFile("document", null);
      target = Files.newOutputStream(file);
      memory.writeTo(target);
      memory.reset();
    }
    int end = offset + length;
    for (int start = offset; start < end; start += MAX_WRITTEN_AT_ONCE) {
      target.write(bytes, start, Math.min(MAX_WRITTEN_AT_ONCE, end - start));
    }
  }

  public boolean isEmpty() {
    return file == null && memory.size() == 0;
  }

  /**
   * Sends what was written. Nothing can be written after it: an open file keeps the last array that
   * was written to it, which may be a whole document.
   */
  public void copyTo(OutputStream out) throws IOException {
    target.close();
    target = OutputStream.nullOutputStream();
    if (file == null) {
      memory.writeTo(out);
    } else {
      Files.copy(file, out);
    }
  }

  /** Discards what was written. */
  public void clear() throws IOException {
    close();
    memory.reset();
    file = null;
    target = memory;
  }

  @Override
  public void close() throws IOException {
    target.close();
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}

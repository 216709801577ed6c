package fi.signspace.plugin.api.bulk.upload;

import fi.signspace.plugin.api.start.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * An uploaded file, read at any position. The web server keeps it on disk or in memory, where
 * skipping costs nothing.
 */
final class PartChannel implements SeekableByteChannel {

  private final UploadedFile file;
  private InputStream content = InputStream.nullInputStream();
  private boolean isOpen = true;

  /** Of the content; negative if it is not open. */
  private long read = -1;

  private long position;

  PartChannel(UploadedFile file) {
    this.file = file;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (position >= size()) {
      return -1;
    }
    if (read < 0 || read > position) {
      content.close();
      content = file.open();
      read = 0;
    }
    content.skipNBytes(position - read);
    byte[] bytes = new byte[(int) Math.min(target.remaining(), size() - position)];
    int count = content.readNBytes(bytes, 0, bytes.length);
    target.put(bytes, 0, count);
    position += count;
    read = position;
    return count;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long wanted) {
    position = wanted;
    return this;
  }

  @Override
  public long size() {
    return file.size();
  }

  @Override
  public boolean isOpen() {
    return isOpen;
  }

  @Override
  public void close() throws IOException {
    isOpen = false;
    content.close();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long wanted) {
    throw new NonWritableChannelException();
  }
}

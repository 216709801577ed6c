package fi.signspace.plugin.node;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.unit.DataSize;

/** A file system with little room, which a test can fill. Only root can mount it. */
public final class SmallDisk implements AutoCloseable {

  private static final int BLOCK = 4096;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * @param folder an empty one
   */
  public static SmallDisk mount(Path folder, DataSize size) {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount a file system");
    run(
        "mount",
        "-t",
        "tmpfs",
        "-o",
        "mode=1777,size=" + size.toBytes(),
        "tmpfs",
        folder.toString());
    return new SmallDisk(folder);
  }

  /** Leaves no room. */
  public void fill() {
    try (OutputStream filler = Files.newOutputStream(filler())) {
      while (true) {
        filler.write(new byte[BLOCK]);
      }
    } catch (IOException e) {
      // no space left on device
    }
  }

  public void free() {
    try {
      Files.delete(filler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  @Override
  public void close() {
    run("umount", "-l", folder.toString());
  }

  private static void run(String... command) {
    try {
      int code = new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
      if (code != 0) {
        throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

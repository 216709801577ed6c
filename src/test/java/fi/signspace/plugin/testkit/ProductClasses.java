package fi.signspace.plugin.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the compiled product in an archive of the JVM (class data sharing), which nodes
 * map instead of reading and verifying them again. This is half of the CPU time of a start. A
 * single node starts sooner without one, so that the second node of a test process creates it.
 */
final class ProductClasses {

  private static final Path COMPILED = Path.of("target", "classes").toAbsolutePath();
  private static final Path FOLDER = Path.of("target", "nodes").toAbsolutePath();

  /** The JVM archives classes of JAR files, not of folders. */
  private static final Path JAR = FOLDER.resolve("product.jar");

  private static final Path ARCHIVE = FOLDER.resolve("product.jsa");

  private static boolean isFirst = true;
  private static @Nullable List<String> options;

  /** Returns the options of a JVM that runs the product. */
  static synchronized List<String> jvmOptions() {
    boolean isOnly = isFirst;
    isFirst = false;
    if (isOnly && !isCurrent()) {
      return List.of("-cp", String.join(File.pathSeparator, COMPILED.toString(), libraries()));
    }
    if (options == null) {
      options = options();
    }
    return options;
  }

  private static List<String> options() {
    try {
      Files.createDirectories(FOLDER);
      // several test processes need it at the same time
      try (FileChannel lock =
          FileChannel.open(
              FOLDER.resolve("product.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE)) {
        lock.lock();
        if (!isCurrent()) {
          Files.deleteIfExists(ARCHIVE);
          packageClasses();
          archive();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Files.exists(ARCHIVE)
        ? List.of("-XX:SharedArchiveFile=" + ARCHIVE, "-cp", classPath())
        : List.of("-cp", classPath());
  }

  private static boolean isCurrent() {
    if (!Files.exists(ARCHIVE)) {
      return false;
    }
    FileTime archived = modified(JAR);
    try (Stream<Path> compiled = Files.walk(COMPILED)) {
      return compiled.map(ProductClasses::modified).allMatch(time -> time.compareTo(archived) < 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void packageClasses() {
    int result =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--create",
                "--file",
                JAR.toString(),
                "-C",
                COMPILED.toString(),
                ".");
    if (result != 0) {
      throw new IllegalStateException("The classes of the product cannot be packaged");
    }
  }

  /** Archives what a start loads. A JVM that has no such archives writes none. */
  private static void archive() throws IOException {
    Path written = FOLDER.resolve("product.jsa.new");
    Files.deleteIfExists(written);
    Node node =
        new Node(
            "product-classes",
            Node.product(List.of("-XX:ArchiveClassesAtExit=" + written, "-cp", classPath())),
            Node.READINESS,
            Map.of("SPRING_DATASOURCE_URL", "jdbc:h2:mem:product-classes"));
    node.start();
    node.awaitReady();
    node.stop();
    if (Files.exists(written)) {
      Files.move(written, ARCHIVE, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static String classPath() {
    return String.join(File.pathSeparator, JAR.toString(), libraries());
  }

  private static String libraries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .map(Path::toAbsolutePath)
        .filter(Predicate.not(COMPILED::equals))
        .filter(entry -> !entry.endsWith("test-classes"))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private ProductClasses() {}
}

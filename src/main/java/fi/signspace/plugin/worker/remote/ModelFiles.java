package fi.signspace.plugin.worker.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The processes and forms in this jar, under the names by which they refer to each other. */
final class ModelFiles {

  private static final String[] FOLDERS = {"processes/", "forms/"};

  static Map<String, byte[]> read() {
    Map<String, byte[]> files = new TreeMap<>();
    PathMatchingResourcePatternResolver resources = new PathMatchingResourcePatternResolver();
    try {
      for (String folder : FOLDERS) {
        for (Resource file : resources.getResources("classpath:" + folder + "*.*")) {
          files.put(folder + file.getFilename(), file.getContentAsByteArray());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the processes and forms on the class path", e);
    }
    return files;
  }

  private ModelFiles() {}
}

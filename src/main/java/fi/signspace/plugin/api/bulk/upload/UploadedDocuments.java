package fi.signspace.plugin.api.bulk.upload;

import fi.signspace.plugin.api.start.NewDocument;
import fi.signspace.plugin.api.start.RequestReader;
import fi.signspace.plugin.api.start.UploadedFile;
import fi.signspace.plugin.bulk.ListError;
import fi.signspace.plugin.signing.text.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/**
 * The documents of an upload: files, or the files in one ZIP. They are read in place, without a
 * copy.
 */
public final class UploadedDocuments implements AutoCloseable {

  private static final String PART = "documents";

  private final List<NewDocument> all;
  private final List<ListError> errors;
  private final @Nullable ZipFile zip;

  private UploadedDocuments(List<NewDocument> all, List<ListError> errors, @Nullable ZipFile zip) {
    this.all = all;
    this.errors = errors;
    this.zip = zip;
  }

  /**
   * @param maxUnpacked the maximum size of the files in a ZIP, in bytes
   * @param maxFiles the maximum number of files in a ZIP
   */
  public static UploadedDocuments of(
      MultipartHttpServletRequest form, long maxUnpacked, int maxFiles) {
    List<NewDocument> documents = RequestReader.documents(form);
    List<NewDocument> zips = documents.stream().filter(UploadedDocuments::isZip).toList();
    if (zips.isEmpty()) {
      return new UploadedDocuments(documents, List.of(), null);
    }
    if (documents.size() > 1) {
      return refused("Send either files or one ZIP.", null);
    }
    return unpacked(zips.get(0).file(), maxUnpacked, maxFiles);
  }

  private static UploadedDocuments refused(String detail, @Nullable ZipFile zip) {
    return new UploadedDocuments(List.of(), List.of(ListError.ofUpload(PART, detail)), zip);
  }

  private static boolean isZip(NewDocument document) {
    try (InputStream content = document.open()) {
      byte[] beginning = content.readNBytes(2);
      return beginning.length == 2
          && beginning[0] == 'P'
          && beginning[1] == 'K'
          && document.fileName().toLowerCase(Locale.ROOT).endsWith(".zip");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UploadedDocuments unpacked(UploadedFile file, long maxUnpacked, int maxFiles) {
    ZipFile zip;
    try {
      zip = ZipFile.builder().setSeekableByteChannel(new PartChannel(file)).get();
    } catch (IOException | RuntimeException e) {
      return refused("The ZIP cannot be read; make it again.", null);
    }
    List<NewDocument> documents = new ArrayList<>();
    List<ListError> errors = new ArrayList<>();
    long left = maxUnpacked;
    for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
      ZippedFile zipped = new ZippedFile(zip, entry);
      if (!zipped.isDocument()) {
        continue;
      }
      String problem = zipped.problem();
      if (problem == null) {
        long length = length(zipped, left);
        left -= Math.max(0, length);
        problem =
            length == entry.getSize() || left < 0
                ? null
                : "%s in the ZIP is damaged; make the ZIP again.".formatted(zipped.fileName());
      }
      if (left < 0 || documents.size() == maxFiles) {
        return refused(
            "The files in the ZIP are more than %s, or larger than %s MB together; send the list in parts."
                .formatted(maxFiles, maxUnpacked >> 20),
            zip);
      }
      if (problem == null) {
        documents.add(new NewDocument(NewDocument.PREFIX + (documents.size() + 1), zipped));
      } else {
        errors.add(ListError.ofUpload(PART, problem));
      }
    }
    return new UploadedDocuments(documents, errors, zip);
  }

  /**
   * Returns the number of bytes, counting only slightly beyond the limit; -1 if the file cannot be
   * read.
   */
  private static long length(ZippedFile file, long limit) {
    byte[] buffer = new byte[1 << 16];
    long length = 0;
    try (InputStream content = file.open()) {
      for (int read = content.read(buffer); read >= 0 && length <= limit; ) {
        length += read;
        read = content.read(buffer);
      }
      return length;
    } catch (IOException | RuntimeException e) {
      // the reader fails in many ways at a file whose structure is wrong
      return -1;
    }
  }

  public List<NewDocument> all() {
    return all;
  }

  public List<ListError> errors() {
    return errors;
  }

  /** The places of all documents with this name, composed or not; else with it in another case. */
  public List<Integer> named(String name) {
    String wanted = composed(name);
    List<Integer> same = places(wanted::equals);
    return same.isEmpty() ? places(wanted::equalsIgnoreCase) : same;
  }

  private static String composed(String name) {
    return Normalizer.normalize(FileNames.normalized(name), Normalizer.Form.NFC);
  }

  private List<Integer> places(Predicate<String> isWanted) {
    return IntStream.range(0, all.size())
        .filter(place -> isWanted.test(composed(all.get(place).fileName())))
        .boxed()
        .toList();
  }

  /** The beginning of the list of names, for a message. */
  public String names() {
    List<String> names = all.stream().map(NewDocument::fileName).limit(10).toList();
    return String.join(", ", names) + (all.size() > names.size() ? " …" : "");
  }

  @Override
  public void close() {
    if (zip != null) {
      try {
        zip.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

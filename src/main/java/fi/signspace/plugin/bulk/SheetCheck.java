package fi.signspace.plugin.bulk;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Unpacks a workbook once, without keeping it: it must not be too large, nor contain what would
 * occupy its reader or the memory; and its hidden rows and columns and merged cells are found,
 * which its reader does not know.
 */
final class SheetCheck {

  /**
   * Far more than a cell has. A parser keeps an attribute, a text or a comment in memory, several
   * times, and none contains this character.
   */
  private static final int MAX_BETWEEN_ELEMENTS = 1_000_000;

  private static final int ELEMENT = '<';

  private final long maxUnpacked;
  private long unpacked;
  private int sinceElement;

  @SuppressWarnings("serial")
  static final class TooLargeException extends RuntimeException {}

  SheetCheck(long maxUnpacked) {
    this.maxUnpacked = maxUnpacked;
  }

  /**
   * @throws TooLargeException if it is
   */
  SheetFindings findings(byte[] content) throws IOException, XMLStreamException {
    SheetFindings findings = new SheetFindings();
    Set<String> names = new HashSet<>();
    try (ZipFile zip =
        ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(content)).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        if (!names.add(entry.getName().toLowerCase(Locale.ROOT))) {
          throw new IOException("Two parts with the same name");
        }
        try (InputStream part = counted(zip.getInputStream(entry))) {
          find(entry.getName(), new Open(part), findings);
          part.transferTo(OutputStream.nullOutputStream());
        }
      }
    }
    return findings;
  }

  private InputStream counted(InputStream part) {
    sinceElement = 0;
    return new FilterInputStream(part) {
      @Override
      public int read() throws IOException {
        byte[] next = new byte[1];
        return read(next, 0, 1) < 0 ? -1 : next[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        int read = super.read(bytes, from, length);
        for (int i = from; i < from + read; i++) {
          count(bytes[i]);
        }
        return read;
      }
    };
  }

  private void count(byte next) {
    unpacked++;
    sinceElement = next == ELEMENT ? 0 : sinceElement + 1;
    if (unpacked > maxUnpacked || sinceElement > MAX_BETWEEN_ELEMENTS) {
      throw new TooLargeException();
    }
  }

  /** A parser closes what it has read, but something may follow. */
  private static final class Open extends FilterInputStream {

    Open(InputStream part) {
      super(part);
    }

    @Override
    public void close() {
      // the part is closed by its owner
    }
  }

  /** A worksheet may be anywhere in the workbook; what is no XML is none. */
  private static void find(String name, InputStream part, SheetFindings findings)
      throws XMLStreamException {
    try {
      find(part, findings);
    } catch (XMLStreamException e) {
      if (name.startsWith("xl/worksheets/") && name.endsWith(".xml")) {
        throw e;
      }
    }
  }

  private static void find(InputStream part, SheetFindings findings) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    new SheetPart(factory.createXMLStreamReader(part), findings).read();
  }
}

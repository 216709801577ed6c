package fi.signspace.plugin.bulk;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Unpacks a workbook once, without keeping it: it must not be too large, and its hidden rows and
 * merged cells are found, which its reader does not know.
 */
final class SheetCheck {

  private static final Pattern FIRST_CELL = Pattern.compile("([A-Z]{1,3})([0-9]{1,7}).*");

  /** With one of them, a person sees what to correct. */
  private static final int MAX_FINDINGS = 100;

  private final long maxUnpacked;
  private long unpacked;

  /**
   * @param column from 0; -1 for the whole row
   */
  record Finding(int row, int column, String detail) {

    ListError error(List<String> names) {
      String name = column >= 0 && column < names.size() ? names.get(column) : "";
      return new ListError(row, name, "", detail);
    }
  }

  @SuppressWarnings("serial")
  static final class TooLargeException extends RuntimeException {}

  SheetCheck(long maxUnpacked) {
    this.maxUnpacked = maxUnpacked;
  }

  /**
   * @throws TooLargeException if it is
   */
  List<Finding> findings(byte[] content) throws IOException, XMLStreamException {
    List<Finding> findings = new ArrayList<>();
    try (ZipFile zip =
        ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(content)).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        try (InputStream part = counted(zip.getInputStream(entry))) {
          if (entry.getName().startsWith("xl/worksheets/") && entry.getName().endsWith(".xml")) {
            find(part, findings);
          } else {
            part.transferTo(OutputStream.nullOutputStream());
          }
        }
      }
    }
    return findings;
  }

  private InputStream counted(InputStream part) {
    return new FilterInputStream(part) {
      @Override
      public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? next : 1);
        return next;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        return count(super.read(bytes, from, length));
      }
    };
  }

  private int count(int read) {
    unpacked += Math.max(0, read);
    if (unpacked > maxUnpacked) {
      throw new TooLargeException();
    }
    return read;
  }

  private static void find(InputStream part, List<Finding> findings) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader xml = factory.createXMLStreamReader(part);
    int row = 0;
    boolean isHidden = false;
    while (xml.hasNext()) {
      if (xml.next() != XMLStreamReader.START_ELEMENT || findings.size() >= MAX_FINDINGS) {
        continue;
      }
      switch (xml.getLocalName()) {
        case "row" -> {
          String number = xml.getAttributeValue(null, "r");
          row = number == null ? row + 1 : Integer.parseInt(number);
          String hidden = xml.getAttributeValue(null, "hidden");
          isHidden = "1".equals(hidden) || "true".equals(hidden);
        }
        case "v", "is" -> {
          if (isHidden) {
            findings.add(
                new Finding(row, -1, "The row is hidden or filtered out; show it, or delete it."));
            isHidden = false;
          }
        }
        case "mergeCell" ->
            findings.add(merged(String.valueOf(xml.getAttributeValue(null, "ref"))));
        default -> {
          // says nothing about rows
        }
      }
    }
  }

  private static Finding merged(String range) {
    Matcher first = FIRST_CELL.matcher(range);
    if (!first.matches()) {
      return new Finding(0, -1, "There are merged cells; separate them.");
    }
    int column = 0;
    for (char letter : first.group(1).toCharArray()) {
      column = column * 26 + letter - 'A' + 1;
    }
    return new Finding(
        Integer.parseInt(first.group(2)),
        column - 1,
        "Cells %s are merged; separate them, and fill each.".formatted(range));
  }
}

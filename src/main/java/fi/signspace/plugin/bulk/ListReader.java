package fi.signspace.plugin.bulk;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list. CSV is read as spreadsheet programs export it: UTF-8, UTF-16 with a byte order
 * mark, or Windows-1252; delimited by semicolons, commas or tabs; with quoted line breaks.
 */
public final class ListReader {

  /** The delimiters that are detected. */
  public static final List<String> DELIMITERS = List.of(";", ",", "\t");

  /** In bytes; enough to recognize a workbook. */
  private static final int BEGINNING = 8;

  /** In characters; where the delimiter is looked for. */
  private static final int MAX_HEADER = 100_000;

  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** A first line that names the delimiter to Excel. */
  private static final Pattern DECLARED = Pattern.compile("(?i)^\"?sep=(.)\"?(?:\r\n|\r|\n)");

  private final int maxRows;
  private final long maxUnpacked;

  /**
   * @param maxUnpacked the maximum size of an unpacked workbook, in bytes
   */
  public ListReader(int maxRows, long maxUnpacked) {
    this.maxRows = maxRows;
    this.maxUnpacked = maxUnpacked;
  }

  /**
   * Reads a list; never throws because of its content.
   *
   * @param delimiter null if it is to be detected
   * @param ignored columns that the caller does not want to use
   */
  public ReadList read(byte[] content, @Nullable String delimiter, Set<String> ignored) {
    byte[] beginning = Arrays.copyOf(content, BEGINNING);
    if (ReadableWorkbook.isOOXMLZipHeader(beginning)) {
      return new SheetReader(maxRows, maxUnpacked).read(content, ignored);
    }
    if (ReadableWorkbook.isOLE2Header(beginning)) {
      return ReadList.refused(
          ListError.ofUpload(
              "",
              "The workbook has a password or an old format; save it without a password as XLSX."));
    }
    String text = decoded(content);
    Matcher declared = DECLARED.matcher(text);
    boolean isDeclared = declared.find();
    String table = isDeclared ? text.substring(declared.end()) : text;
    String mark = delimiter != null ? delimiter : isDeclared ? declared.group(1) : detected(table);
    return read(table, mark.charAt(0), isDeclared ? 2 : 1, ignored);
  }

  private static String decoded(byte[] content) {
    String text;
    try {
      boolean isUtf16 =
          content.length > 1
              && Math.abs(content[0] - content[1]) == 1
              && (content[0] & 0xFE) == 0xFE;
      Charset charset = isUtf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
      text = charset.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      text = new String(content, WINDOWS);
    }
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /** The delimiter with which the header has the most known columns, then the most columns. */
  private static String detected(String list) {
    String text = list.substring(0, Math.min(MAX_HEADER, list.length()));
    return DELIMITERS.stream()
        .max(
            Comparator.<String>comparingLong(
                    mark -> header(text, mark).stream().filter(Columns::isKnown).count())
                .thenComparingInt(mark -> header(text, mark).size()))
        .orElseThrow();
  }

  private static List<String> header(String text, String delimiter) {
    try (CSVParser parser = parser(text, delimiter.charAt(0))) {
      return parser.stream().findFirst().map(CSVRecord::toList).orElse(List.of());
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static CSVParser parser(String text, char delimiter) throws IOException {
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(delimiter)
        .setIgnoreEmptyLines(false)
        .get()
        .parse(new StringReader(text));
  }

  private ReadList read(String text, char delimiter, int headerRow, Set<String> ignored) {
    RowCollector rows = new RowCollector(maxRows, ignored);
    int number = headerRow;
    try (CSVParser parser = parser(text, delimiter)) {
      for (CSVRecord record : parser) {
        if (!rows.add(number, record.toList())) {
          break;
        }
        number++;
      }
    } catch (IOException | UncheckedIOException e) {
      rows.refuse(
          new ListError(
              number,
              "",
              "",
              "A quotation mark in this row is not closed, or is followed by other text; the rows"
                  + " after it cannot be read."));
    }
    return rows.finish(delimiter);
  }
}

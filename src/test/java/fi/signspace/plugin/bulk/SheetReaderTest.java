package fi.signspace.plugin.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.testkit.FormProblems;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists in workbooks. */
class SheetReaderTest {

  private static final String HEADER = Workbook.row(1, "businessKey", "title", "signer1");
  private static final String ROW = Workbook.row(2, "L-1", "Lease", "anna@example.com");

  private final ListReader reader = new ListReader(5, 1_000_000);

  private ReadList read(Workbook workbook) {
    return reader.read(workbook.bytes(), null, Set.of());
  }

  private static String errors(ReadList list) {
    list.errors().forEach(error -> FormProblems.assertIsTranslated(error.detail()));
    return list.errors().stream()
        .map(error -> error.row() + " " + error.column() + ": " + error.detail())
        .reduce("", (some, other) -> some + other + "\n");
  }

  private static String key(String cell) {
    return HEADER
        + "<row r=\"2\">"
        + cell
        + "<c r=\"B2\" t=\"inlineStr\"><is><t>Lease</t></is></c>"
        + "<c r=\"C2\" t=\"inlineStr\"><is><t>anna@example.com</t></is></c></row>";
  }

  @Test
  void a_sheet_is_read_like_a_csv_file() {
    ReadList list =
        read(new Workbook().sheet("Leases", HEADER + ROW + Workbook.row(7, "L-2", "B", "b@x.fi")));

    assertThat(errors(list)).isEmpty();
    assertThat(list.isUsable()).isTrue();
    assertThat(list.rows()).extracting(ListRow::number).containsExactly(2, 7);
    assertThat(list.rows().get(0).values())
        .containsEntry("title", "Lease")
        .containsEntry(
            "participants", List.of(Map.of("handle", "anna@example.com", "role", "signer")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <c r="A2"><v>42</v></c>                              | 42
          <c r="A2" s="1"><v>42</v></c>                        | 0042
          <c r="A2" s="1"><v>123456</v></c>                    | 123456
          <c r="A2"><v>1.2E6</v></c>                           | 1200000
          <c r="A2"><v>0.30000000000000004</v></c>             | 0.3
          <c r="A2" s="4"><v>2.5</v></c>                       | 2.50
          <c r="A2" s="2"><v>47847</v></c>                     | 2030-12-30
          <c r="A2" s="7"><v>47847</v></c>                     | 2030-12-30
          <c r="A2" t="b"><v>1</v></c>                         | true
          <c r="A2" t="str"><f>"L-"&amp;1</f><v>L-1</v></c>    | L-1
          <c r="A2" s="1"><f>40+2</f><v>42</v></c>             | 0042
          <c r="A2" t="s"><v>0</v></c>                         | shared
          """)
  void the_key_is_what_the_cell_shows(String cell, String key) {
    ReadList list = read(new Workbook().sharedText("shared").sheet("Leases", key(cell)));

    assertThat(errors(list)).isEmpty();
    assertThat(list.rows().get(0).key()).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <c r="A2"><v>123456789012</v></c>       | Cell A2: The number is shown rounded
          <c r="A2" s="3"><v>42</v></c>           | Cell A2: The cell displays something else
          <c r="A2" s="5"><v>42</v></c>           | Cell A2: The cell displays something else
          <c r="A2" s="6"><v>42</v></c>           | Cell A2: The cell displays something else
          <c r="A2" t="str"><v>_x0031_</v></c>    | Cell A2: The cell displays something else
          <c r="A2"><f>B7</f></c>                 | Cell A2: The formula has no result
          <c r="A2" t="e"><v>#REF!</v></c>        | Cell A2: It holds the error #REF!
          <c r="A2" t="e"><f>X</f><v>#N/A</v></c> | Cell A2: It holds the error #N/A
          """)
  void a_cell_whose_text_is_not_known_is_named(String cell, String detail) {
    ReadList list = read(new Workbook().sheet("Leases", key(cell)));

    assertThat(errors(list)).contains("2 businessKey: " + detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0000 | 42 | 0042",
        "0_y | 5000 | 5000",
        "0.00;[Red]-0.00 | -2.5 | -2.50",
        "General;[Red]-General | -5 | -5",
        "0;@ | 7 | 7",
        "[$-409]d\\-mmm\\-yyyy;@ | 47847 | 2030-12-30",
        "yyyy\\-mm\\-dd\\ hh:mm | 47847.5 | 2030-12-30T12:00",
        "d.m.yyyy | 47847.5 | 2030-12-30",
      })
  void a_number_is_read_as_its_format_shows_it(String format, String number, String key) {
    ReadList list = readKey(format, "<c r=\"A2\" s=\"8\"><v>" + number + "</v></c>");

    assertThat(errors(list)).isEmpty();
    assertThat(list.rows().get(0).key()).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[<0]0;\"9\"0 | 5",
        "\"1\"0 | 5",
        "\\10 | 5",
        "*10 | 5",
        "0;0 | -5",
        "0;\"x\" | -5",
        "0;-0;\"none\" | 0",
        "[$€-2]0 | 5",
        "[h]:mm | 5",
        "mmm\\-yy | 47847",
        "dddd\\ mmm\\ yyyy | 47847",
        "\"1. \"d.m.yyyy | 47847",
        "0;0;0;0;0 | 5",
        "#\\,##0 | 5000",
      })
  void a_number_whose_format_shows_something_else_is_an_error(String format, String number) {
    ReadList list = readKey(format, "<c r=\"A2\" s=\"8\"><v>" + number + "</v></c>");

    assertThat(errors(list)).contains("Cell A2: The cell displays something else");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "General | true",
        "@ | true",
        "d.m.yyyy;@ | true",
        "0\" kg\" | true",
        "_-* 0_-;-* 0_-;_-* \"-\"_-;_-@_- | true",
        "General;General;General;General | true",
        "General;General;General;\"anna@example.com\" | false",
        ";;; | false",
        "\"x\"@ | false",
        "0;0;0;@@ | false",
      })
  void a_text_is_read_if_its_format_shows_it(String format, boolean isShown) {
    ReadList list = readKey(format, "<c r=\"A2\" s=\"8\" t=\"inlineStr\"><is><t>L-1</t></is></c>");

    if (isShown) {
      assertThat(errors(list)).isEmpty();
      assertThat(list.rows().get(0).key()).isEqualTo("L-1");
    } else {
      assertThat(errors(list)).contains("Cell A2: The cell displays something else");
    }
  }

  private ReadList readKey(String format, String cell) {
    return read(new Workbook().format(format).sheet("Leases", key(cell)));
  }

  static Stream<Arguments> hidden() {
    String hiddenRow = ROW.replace("<row r=\"2\"", "<row r=\"2\" hidden=\"1\"");
    return Stream.of(
        Arguments.of(
            new Workbook().sheet("A", HEADER + hiddenRow + Workbook.row(3, "L-2", "B", "b@x.fi")),
            "2 : The row is hidden or filtered out"),
        Arguments.of(
            new Workbook()
                .sheet("A", HEADER + ROW.replace("<row r=\"2\"", "<row r=\"2\" ht=\"0\"")),
            "2 : The row is hidden or filtered out"),
        Arguments.of(
            new Workbook()
                .sheet("A", HEADER + ROW.replace("<row r=\"2\"", "<row r=\"2\" ht=\"0.01\"")),
            "2 : The row is hidden or filtered out"),
        Arguments.of(
            new Workbook().beforeRows("<sheetFormatPr zeroHeight=\"1\"/>").sheet("A", HEADER + ROW),
            "0 : Rows or columns are hidden unless"),
        Arguments.of(
            new Workbook()
                .beforeRows("<sheetFormatPr defaultColWidth=\"0\"/>")
                .sheet("A", HEADER + ROW),
            "0 : Rows or columns are hidden unless"),
        Arguments.of(
            new Workbook()
                .beforeRows("<cols><col min=\"2\" max=\"2\" width=\"0.01\"/></cols>")
                .sheet("A", HEADER + ROW),
            "1 title: The column is hidden"),
        Arguments.of(
            new Workbook()
                .calculatedOnOpening()
                .sheet("A", key("<c r=\"A2\" t=\"str\"><f>\"L\"</f><v>M</v></c>")),
            "2 businessKey: The result of the formula is calculated when"),
        Arguments.of(
            new Workbook().hiddenColumn(2).sheet("A", HEADER + ROW),
            "1 title: The column is hidden"),
        Arguments.of(
            new Workbook()
                .folder("elsewhere")
                .sheet("A", HEADER + hiddenRow + Workbook.row(3, "L-2", "B", "b@x.fi")),
            "2 : The row is hidden or filtered out"),
        Arguments.of(
            new Workbook().sheetWithMergedCells("A", HEADER + ROW, "B2:C2"),
            "2 title: Cells B2:C2 are merged"),
        Arguments.of(
            new Workbook().withDaysFrom1904().sheet("A", HEADER + ROW),
            "0 : The workbook uses the 1904 date system"),
        Arguments.of(
            new Workbook().hiddenSheet("Old", HEADER + ROW).sheet("New", HEADER + ROW),
            "0 : The sheet Old is hidden"),
        Arguments.of(
            new Workbook().sheet("Old", HEADER + ROW).sheet("New", HEADER + ROW),
            "0 : The workbook has several sheets with content, Old, New"),
        Arguments.of(
            new Workbook()
                .sheet(
                    "A",
                    Workbook.row(1, "businessKey", "title", "signer1", "signer1Nin")
                        + Workbook.row(2, "L-1", "B", "b@x.fi", "x")),
            "1 signer1Nin: Identity codes are accepted in CSV only"));
  }

  @ParameterizedTest
  @MethodSource("hidden")
  void what_a_person_may_not_see_stops_the_list(Workbook workbook, String error) {
    ReadList list = read(workbook);

    assertThat(errors(list)).contains(error);
    assertThat(list.isUsable()).isFalse();
  }

  @Test
  void empty_further_sheets_do_no_harm() {
    ReadList list = read(new Workbook().sheet("A", HEADER + ROW).hiddenSheet("Sheet2", ""));

    assertThat(errors(list)).isEmpty();
    assertThat(list.isUsable()).isTrue();
  }

  static Stream<Arguments> bombs() {
    String repeated =
        IntStream.range(0, 26)
            .mapToObj(i -> "<c r=\"%s2\" t=\"s\"><v>0</v></c>".formatted((char) ('A' + i)))
            .collect(Collectors.joining());
    return Stream.of(
        Arguments.of(
            "a text of 100 kB in many cells",
            new Workbook()
                .sharedText("x".repeat(100_000))
                .sheet("A", HEADER + "<row r=\"2\">" + repeated + "</row>")),
        Arguments.of(
            "a part of zeros", new Workbook().sharedText("0".repeat(2_000_000)).sheet("A", ROW)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bombs")
  void a_bomb_is_refused(String name, Workbook workbook) {
    ReadList list = read(workbook);

    assertThat(errors(list)).startsWith("0 : The workbook is too large");
    assertThat(list.isUsable()).isFalse();
  }

  /** A parser keeps each of these in memory, several times. */
  @ParameterizedTest
  @ValueSource(strings = {"<!--%s-->", "<row x=\"%s\"/>", "<row>%s</row>", "<?x %s?>"})
  void a_part_with_an_enormous_token_is_refused(String token) {
    byte[] workbook =
        new Workbook().sheet("A", HEADER + ROW + token.formatted("x".repeat(1_000_001))).bytes();

    ReadList list = new ListReader(100, Long.MAX_VALUE).read(workbook, null, Set.of());

    assertThat(errors(list)).startsWith("0 : The workbook is too large");
  }

  /** A reader would compute or allocate without end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<c r=\"B2\"><v>1E999999999</v></c>",
        "<c r=\"B2\" t=\"n\"><v>1E-99999999</v></c>",
        "<c r=\"B2\"><v>99999999999999999999999999999999999999999</v></c>",
        "<c r=\"ZZZZZZ2\" t=\"inlineStr\"><is><t>x</t></is></c>",
        "<c r=\"B99999999999\" t=\"inlineStr\"><is><t>x</t></is></c>"
      })
  void a_cell_that_no_spreadsheet_writes_is_refused(String cell) {
    ReadList list = read(new Workbook().sheet("A", HEADER + "<row r=\"2\">" + cell + "</row>"));

    assertThat(errors(list)).startsWith("0 : The workbook cannot be read");
  }

  /** Programs differ in which of two they show. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<row r=\"3\"><c r=\"A3\"/></row><row r=\"3\"><c r=\"A3\"/></row>",
        "<row r=\"3\"/><row r=\"2\"/>",
        "<row r=\"3\"><c r=\"A3\"/><c r=\"A3\"/></row>",
        "<row r=\"3\"><c r=\"B3\"/><c r=\"A3\"/></row>",
        "<mc:AlternateContent xmlns:mc=\"urn:mc\"><mc:Fallback><row r=\"3\"/></mc:Fallback></mc:AlternateContent>",
      })
  void an_ambiguous_sheet_is_refused(String rows) {
    ReadList list = read(new Workbook().sheet("A", HEADER + ROW + rows));

    assertThat(errors(list)).startsWith("0 : The workbook cannot be read");
  }

  @Test
  void a_workbook_without_formulas_may_be_calculated_on_opening() {
    ReadList list = read(new Workbook().calculatedOnOpening().sheet("A", HEADER + ROW));

    assertThat(errors(list)).isEmpty();
  }

  @Test
  void a_row_of_more_cells_than_a_spreadsheet_has_is_refused() {
    ReadList list =
        new ListReader(100, Long.MAX_VALUE)
            .read(
                new Workbook()
                    .sheet("A", HEADER + "<row r=\"2\">" + "<c/>".repeat(16_385) + "</row>")
                    .bytes(),
                null,
                Set.of());

    assertThat(errors(list)).startsWith("0 : The workbook cannot be read");
  }

  @Test
  void empty_hidden_columns_do_no_harm() {
    ReadList list = read(new Workbook().hiddenColumn(16_384).sheet("A", HEADER + ROW));

    assertThat(errors(list)).isEmpty();
  }

  @Test
  void an_honest_workbook_that_compresses_well_is_read() {
    String title = "Lease ".repeat(5_000).strip();

    ReadList list =
        read(new Workbook().sheet("A", HEADER + Workbook.row(2, "L-1", title, "a@x.fi")));

    assertThat(errors(list)).isEmpty();
  }

  @Test
  void a_damaged_or_protected_workbook_is_refused_in_plain_words() {
    byte[] good = new Workbook().sheet("A", HEADER + ROW).bytes();
    byte[] old = new byte[600];
    byte[] mark = {
      (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
    };
    System.arraycopy(mark, 0, old, 0, mark.length);

    assertThat(errors(reader.read(Arrays.copyOf(good, good.length / 2), null, Set.of())))
        .contains("The workbook cannot be read");
    assertThat(errors(reader.read("PK\u0003\u0004 no workbook".getBytes(UTF_8), null, Set.of())))
        .contains("The workbook cannot be read");
    assertThat(errors(reader.read(old, null, Set.of())))
        .contains("has a password or an old format");
  }
}

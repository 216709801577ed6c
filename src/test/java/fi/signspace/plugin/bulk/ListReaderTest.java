package fi.signspace.plugin.bulk;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.testkit.FormProblems;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists as spreadsheet programs export them. */
class ListReaderTest {

  private static final String HEADER = "businessKey;title;signer1;signer1Name";
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private final ListReader reader = new ListReader(5, 1_000_000);

  private ReadList read(String text) {
    return reader.read(text.getBytes(UTF_8), null, Set.of());
  }

  private static String errors(ReadList list) {
    list.errors().forEach(error -> FormProblems.assertIsTranslated(error.detail()));
    return list.errors().stream()
        .map(error -> error.row() + " " + error.column() + ": " + error.detail())
        .reduce("", (some, other) -> some + other + "\n");
  }

  static Stream<Arguments> encodings() {
    String text = HEADER + "\r\nL-1;Vuokra å;anna@example.com;Änna Öberg\r\n";
    return Stream.of(
        Arguments.of("UTF-8", text.getBytes(UTF_8)),
        Arguments.of("UTF-8 with a byte order mark", ("\uFEFF" + text).getBytes(UTF_8)),
        Arguments.of("UTF-16 of Excel", ("\uFEFF" + text).getBytes(UTF_16LE)),
        Arguments.of("Windows-1252", text.getBytes(WINDOWS)),
        Arguments.of(
            "a mark before a quote",
            ("\uFEFF\"businessKey\"" + text.substring(11)).getBytes(UTF_8)),
        Arguments.of("commas", text.replace(';', ',').getBytes(UTF_8)),
        Arguments.of("tabs", text.replace(';', '\t').getBytes(UTF_8)),
        Arguments.of("Unix lines", text.replace("\r", "").getBytes(UTF_8)),
        Arguments.of("old Mac lines", text.replace("\n", "").getBytes(UTF_8)),
        Arguments.of("a blank line at the end", (text + ";;;\r\n\r\n").getBytes(UTF_8)),
        Arguments.of("a declared delimiter", ("sep=;\r\n" + text).getBytes(UTF_8)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("encodings")
  void every_usual_export_is_read_alike(String name, byte[] content) {
    ReadList list = reader.read(content, null, Set.of());

    assertThat(errors(list)).isEmpty();
    assertThat(list.isUsable()).isTrue();
    assertThat(list.rows()).hasSize(1);
    assertThat(list.rows().get(0).values())
        .containsEntry("title", "Vuokra å")
        .containsEntry(
            "participants",
            List.of(
                Map.of(
                    "displayName", "Änna Öberg", "handle", "anna@example.com", "role", "signer")));
  }

  static Stream<Arguments> oversized() {
    String row = "\nL-1;T;a@example.com;";
    return Stream.of(
        Arguments.of(HEADER + ";x".repeat(100_000) + row, "1 : There are more than 1000 columns."),
        Arguments.of(HEADER + ";" + "x".repeat(5_000_000) + row, "more than 255 characters"),
        Arguments.of(HEADER + row + "{".repeat(5_000_000), "2 : A cell has more than 32767"),
        Arguments.of(HEADER + row + "x" + " ".repeat(32_000) + "x", ""),
        Arguments.of(
            HEADER
                + "\nL-1;"
                + "{signer1Name}".repeat(2_000)
                + ";a@example.com;"
                + "x".repeat(30_000),
            "2 title: The filled text is too long"));
  }

  @ParameterizedTest
  @MethodSource("oversized")
  @Timeout(20)
  void a_list_cannot_occupy_the_server(String text, String error) {
    ReadList list = read(text);

    assertThat(errors(list)).contains(error);
  }

  @Test
  @Timeout(20)
  void very_many_errors_end_the_checks() {
    ReadList list =
        new ListReader(10_000, 1_000_000)
            .read((HEADER + "\n;{a}{b}{c};;".repeat(9_000)).getBytes(UTF_8), null, Set.of());

    assertThat(list.errors())
        .hasSizeLessThan(25_000)
        .endsWith(new ListError(9_001, "", "", "The list has too many errors to check this row."));
  }

  @Test
  void rows_have_the_numbers_of_the_spreadsheet() {
    ReadList list = read(HEADER + "\nL-1;\"two\nlines\";a@example.com;\n\nL-2;x;b@example.com;\n");

    assertThat(list.rows()).extracting(ListRow::number).containsExactly(2, 4);
    assertThat(list.rows()).extracting(ListRow::key).containsExactly("L-1", "L-2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "singer2", "signer 2", "Signer2", "signer\u00A02", "signer", "signer_2", "Watcher1",
            "watchr1",
        "business key", "Titel", "dueDate2", "due_date", "documents", "metadata", "Metadata.a",
            "signer2Nme"
      })
  void a_column_that_resembles_a_known_one_is_refused_even_if_it_is_used(String column) {
    ReadList list =
        read(HEADER + ";" + column + "\nL-1;For {" + column + "};a@example.com;;b@example.com");

    assertThat(list.isUsable()).isFalse();
    assertThat(errors(list)).contains("1 " + column.strip() + ": ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          businessKey;title;signer2                 | no column signer1
          businessKey;title;signer1;signer2Name     | no column signer2
          businessKey;title;signer1;signer3         | no column signer2
          businessKey;title;signer1;watcher1Name    | no column watcher1
          businessKey;title;signer1;title           | two columns
          title;signer1                             | businessKey is missing
          businessKey;title;signer1;apartment       | neither title nor description
          """)
  void a_header_that_would_lose_something_is_refused(String header, String detail) {
    ReadList list = read(header + "\n1;2;3;4");

    assertThat(list.isUsable()).isFalse();
    assertThat(errors(list)).startsWith("1 ").contains(detail);
  }

  @Test
  void an_identity_code_in_the_header_is_refused_without_quoting_it() {
    ReadList list =
        new ListReader(5, 1_000_000)
            .read((HEADER + ";131052-308T\n").getBytes(UTF_8), null, Set.of("131052-308T"));

    assertThat(list.isUsable()).isFalse();
    assertThat(errors(list)).contains("identity code").doesNotContain("131052-308T");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ;T;a@example.com;                     | 2 businessKey
          L-1;For {flat};a@example.com;         | 2 title: There is no column flat
          L-1;T;;Anna Andersson                 | 2 signer1: The address is missing
          L-1;T;a@example.com;A;more            | 2 : The row has more cells
          L-1;T;a@example.com;131052-308T       | 2 signer1Name: The cell holds a personal identity code
          L-1;"T;a@example.com;A                | 2 : A quotation mark
          """)
  void a_wrong_row_is_named(String row, String error) {
    assertThat(errors(read(HEADER + "\n" + row))).contains(error).doesNotContain("131052");
  }

  @Test
  void a_gap_between_signers_is_refused() {
    ReadList list = read("businessKey;title;signer1;signer2\nL-1;T;;b@example.com");

    assertThat(errors(list)).contains("2 signer1: It is empty, but signer2 is not");
  }

  @Test
  void two_rows_with_one_key_are_refused() {
    ReadList list =
        read(HEADER + "\nL-1;T;a@example.com;\nL-2;T;a@example.com;\nL-1;T;a@example.com;");

    assertThat(errors(list))
        .isEqualTo("4 businessKey: Row 2 has the same key; every row needs one of its own.\n");
  }

  @Test
  void too_many_rows_are_refused() {
    ReadList list = read(HEADER + "\nL;T;a@example.com;".repeat(6));

    assertThat(list.isUsable()).isFalse();
    assertThat(errors(list)).contains("0 : The list has more than 5 rows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "businessKey;title;signer1", "PK\u0003\u0004"})
  void a_file_without_rows_is_refused(String text) {
    ReadList list = read(text);

    assertThat(list.isUsable()).isFalse();
    assertThat(list.errors()).isNotEmpty();
  }

  @Test
  void other_columns_fill_title_and_description() {
    ReadList list =
        read(
            "businessKey;title;description;signer1;flat\nL-1;Lease of {flat};Key {businessKey};a@example.com;A $1\\");

    assertThat(errors(list)).isEmpty();
    assertThat(list.rows().get(0).values())
        .containsEntry("title", "Lease of A $1\\")
        .containsEntry("description", "Key L-1");
  }

  @Test
  void a_due_date_of_a_spreadsheet_and_a_position_are_understood() {
    ReadList list =
        read(
            "businessKey;title;dueDate;signer1;signer1Position;document\nL-1;T;1.12.2030;a@example.com;1;a.pdf| b.pdf");

    assertThat(list.rows().get(0).values())
        .containsEntry("dueDate", "2030-12-01")
        .containsEntry("participantsListOrderRespected", "true");
    assertThat(list.rows().get(0).documents()).containsExactly("a.pdf", "b.pdf");
  }

  @ParameterizedTest
  @CsvSource({"'', ''", "'  ', ''", "|, |", "'  | | ', '| |'", "a.pdf|, a.pdf"})
  void only_an_empty_cell_names_all_documents(String cell, String names) {
    ReadList list = read("businessKey;title;signer1;document\nL-1;T;a@example.com;" + cell);

    assertThat(String.join(" ", list.rows().get(0).documents())).isEqualTo(names);
  }

  @Test
  void a_date_that_does_not_exist_is_reported_as_it_was_typed() {
    ReadList list = read("businessKey;title;dueDate;signer1\nL-1;T;31.2.2030;a@example.com");

    assertThat(list.rows().get(0).values()).containsEntry("dueDate", "31.2.2030");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+358", "-1", "@x", "plain", "'quoted"})
  void text_survives_a_result_file(String text) {
    assertThat(CellText.read(CellText.neutralised(text))).isEqualTo(text);
    assertThat(CellText.neutralised(text)).doesNotContainPattern("^[=+@-]");
  }

  @ParameterizedTest
  @CsvSource({
    "0042, 42",
    "12E5, 1200000",
    "1.50, '1,5'",
    "l-1, L-1",
    "1E999999999, 1E+999999999",
    "h\u00e4, ha\u0308"
  })
  void keys_that_a_spreadsheet_program_has_changed_have_the_same_form(String some, String other) {
    assertThat(CellText.formOfKey(some)).isEqualTo(CellText.formOfKey(other));
  }
}

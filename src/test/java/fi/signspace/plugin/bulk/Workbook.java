package fi.signspace.plugin.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A small XLSX workbook; its sheets are written as their XML. */
public final class Workbook {

  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String RELATIONS =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

  private record Sheet(String name, String state, String content) {}

  private final List<Sheet> sheets = new ArrayList<>();
  private String sharedText = "";
  private String folder = "worksheets";
  private String beforeRows = "";
  private String properties = "";
  private String calculation = "";
  private String format = "General";

  /** A sheet with rows like {@code <row r="1"><c r="A1" t="inlineStr"><is><t>x}. */
  public Workbook sheet(String name, String rows) {
    sheets.add(new Sheet(name, "visible", "<sheetData>" + rows + "</sheetData>"));
    return this;
  }

  Workbook hiddenSheet(String name, String rows) {
    sheets.add(new Sheet(name, "hidden", "<sheetData>" + rows + "</sheetData>"));
    return this;
  }

  Workbook sheetWithMergedCells(String name, String rows, String range) {
    sheets.add(
        new Sheet(
            name,
            "visible",
            "<sheetData>%s</sheetData><mergeCells count=\"1\"><mergeCell ref=\"%s\"/></mergeCells>"
                .formatted(rows, range)));
    return this;
  }

  /** The text of {@code <c t="s"><v>0</v></c>}. */
  Workbook sharedText(String text) {
    sharedText = text;
    return this;
  }

  /** Whose days are counted as by old spreadsheets. */
  Workbook withDaysFrom1904() {
    properties = "<workbookPr date1904=\"1\"/>";
    return this;
  }

  /** The folder of the sheets, which the workbook names. */
  Workbook folder(String name) {
    folder = name;
    return this;
  }

  /** Of every sheet, from 1. */
  Workbook hiddenColumn(int number) {
    return beforeRows(
        "<cols><col min=\"%1$s\" max=\"%1$s\" hidden=\"1\"/></cols>".formatted(number));
  }

  /** What precedes the rows of every sheet. */
  Workbook beforeRows(String elements) {
    beforeRows = elements;
    return this;
  }

  /** The results of formulas that the workbook holds are not those that a program shows. */
  Workbook calculatedOnOpening() {
    calculation = "<calcPr fullCalcOnLoad=\"1\"/>";
    return this;
  }

  /** The number format of {@code <c s="8">}. */
  Workbook format(String code) {
    format = code.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    return this;
  }

  /** A row of texts. */
  public static String row(int number, String... texts) {
    StringBuilder cells = new StringBuilder();
    for (int i = 0; i < texts.length; i++) {
      cells.append(
          "<c r=\"%s%s\" t=\"inlineStr\"><is><t>%s</t></is></c>"
              .formatted((char) ('A' + i), number, texts[i]));
    }
    return "<row r=\"%s\">%s</row>".formatted(number, cells);
  }

  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StringBuilder list = new StringBuilder();
    StringBuilder relations = new StringBuilder();
    StringBuilder types = new StringBuilder();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 1; i <= sheets.size(); i++) {
        Sheet sheet = sheets.get(i - 1);
        list.append(
            "<sheet name=\"%s\" sheetId=\"%s\" r:id=\"rId%s\" state=\"%s\"/>"
                .formatted(sheet.name(), i, i, sheet.state()));
        relations.append(
            "<Relationship Id=\"rId%s\" Type=\"%s/worksheet\" Target=\"%s/sheet%s.xml\"/>"
                .formatted(i, RELATIONS, folder, i));
        types.append(
            "<Override PartName=\"/xl/%s/sheet%s.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
                .formatted(folder, i));
        put(
            zip,
            "xl/%s/sheet%s.xml".formatted(folder, i),
            "<worksheet xmlns=\"%s\">%s%s</worksheet>"
                .formatted(MAIN, beforeRows, sheet.content()));
      }
      put(
          zip,
          "[Content_Types].xml",
          """
          <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
          <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
          <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>\
          <Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>\
          <Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>%s</Types>"""
              .formatted(types));
      put(
          zip,
          "_rels/.rels",
          "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"%s/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
              .formatted(RELATIONS));
      put(
          zip,
          "xl/workbook.xml",
          "<workbook xmlns=\"%s\" xmlns:r=\"%s\">%s<sheets>%s</sheets>%s</workbook>"
              .formatted(MAIN, RELATIONS, properties, list, calculation));
      put(
          zip,
          "xl/_rels/workbook.xml.rels",
          "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">%s<Relationship Id=\"rIdS\" Type=\"%s/styles\" Target=\"styles.xml\"/><Relationship Id=\"rIdT\" Type=\"%s/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
              .formatted(relations, RELATIONS, RELATIONS));
      put(
          zip,
          "xl/styles.xml",
          """
          <styleSheet xmlns="%s"><numFmts count="6"><numFmt numFmtId="164" formatCode="0000"/>\
          <numFmt numFmtId="165" formatCode="#,##0\\ &quot;kr&quot;"/><numFmt numFmtId="166" formatCode=";;;"/>\
          <numFmt numFmtId="167" formatCode="0&quot; kg&quot;"/><numFmt numFmtId="168" formatCode="[Red]d\\.m\\.yyyy;@"/><numFmt numFmtId="169" formatCode="%s"/></numFmts>\
          <cellXfs count="9"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="165"/>\
          <xf numFmtId="2"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="168"/><xf numFmtId="169"/></cellXfs></styleSheet>"""
              .formatted(MAIN, format));
      put(
          zip,
          "xl/sharedStrings.xml",
          "<sst xmlns=\"%s\" count=\"1\" uniqueCount=\"1\"><si><t>%s</t></si></sst>"
              .formatted(MAIN, sharedText));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content.getBytes(UTF_8));
    zip.closeEntry();
  }
}

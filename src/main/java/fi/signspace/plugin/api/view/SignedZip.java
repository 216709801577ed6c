package fi.signspace.plugin.api.view;

import fi.signspace.plugin.api.view.SigningRequestView.SignedDocument;
import fi.signspace.plugin.environment.Spool;
import fi.signspace.plugin.process.SigningVariables;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes signed documents and their evidence into a ZIP, a folder for each request. Documents are
 * read one at a time, and none is in memory while a slow client receives it.
 */
public final class SignedZip {

  /** In characters; the end is kept, since it has the extension. */
  private static final int MAX_NAME = 100;

  private final RequestQueries files;
  private final ZipOutputStream zip;

  public SignedZip(RequestQueries files, OutputStream out) {
    this.files = files;
    this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
  }

  /** A name that every file system accepts; something before it has to make it unique. */
  public static String safe(String name) {
    String fit = name.replaceAll("[^\\p{L}\\p{M}\\p{N} ._-]", "_").replaceAll("^[ .]+|[ .]+$", "_");
    return fit.length() <= MAX_NAME ? fit : fit.substring(fit.length() - MAX_NAME);
  }

  /** Adds what is proven to be signed; otherwise nothing. */
  public void add(String folder, SigningRequestView request) {
    for (SignedDocument document : request.signedDocuments()) {
      add(
          request.id(),
          SigningVariables.SIGNED_DOCUMENT + document.number(),
          "%s/%s %s".formatted(folder, document.number(), safe(document.fileName())));
    }
    if (request.status() == Status.SIGNED && request.evidence() != null) {
      add(request.id(), SigningVariables.SIGNING_EVIDENCE, folder + "/evidence.jws");
    }
  }

  private void add(String request, String variable, String name) {
    try (Spool content = files.content(request, variable)) {
      if (!content.isEmpty()) {
        zip.putNextEntry(new ZipEntry(name));
        content.copyTo(zip);
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void add(String name, InputStream content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    content.transferTo(zip);
    zip.closeEntry();
  }

  public void finish() throws IOException {
    zip.finish();
  }
}

package fi.signspace.plugin.sandbox.page;

import fi.signspace.plugin.sandbox.FilesApi;
import fi.signspace.plugin.sandbox.Json;
import fi.signspace.plugin.sandbox.RefusalException;
import fi.signspace.plugin.sandbox.file.FileStore;
import fi.signspace.plugin.sandbox.file.StoredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The page for signing, and its documents. */
public final class SandboxPage {

  /** The types that a browser displays without executing content; others are downloaded. */
  private static final Set<String> SHOWN =
      Set.of(
          MediaType.APPLICATION_PDF_VALUE,
          MediaType.TEXT_PLAIN_VALUE,
          MediaType.IMAGE_PNG_VALUE,
          MediaType.IMAGE_JPEG_VALUE,
          MediaType.IMAGE_GIF_VALUE);

  private static final String PAGE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String DOCUMENT_POLICY =
      "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'";

  private final FileStore files;
  private final String index = index();

  public SandboxPage(FileStore files) {
    this.files = files;
  }

  private static String index() {
    try {
      return new ClassPathResource("sandbox/index.html").getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the URL of the page as seen by the client, without a trailing slash. */
  public static URI address(ServerRequest request) {
    return ServletUriComponentsBuilder.fromContextPath(request.servletRequest())
        .path("/sandbox")
        .build()
        .toUri();
  }

  public static URI path(ServerRequest request) {
    return URI.create(address(request).getPath());
  }

  /** Its links include the context path. */
  public ServerResponse page(ServerRequest request) {
    String root = request.servletRequest().getContextPath() + "/";
    return asset(MediaType.TEXT_HTML)
        .body(index.replace("href=\"/", "href=\"" + root).replace("src=\"/", "src=\"" + root));
  }

  public ServerResponse style(ServerRequest request) {
    return asset("sandbox.css", new MediaType("text", "css"));
  }

  public ServerResponse script(ServerRequest request) {
    return asset("sandbox.js", new MediaType("text", "javascript"));
  }

  public ServerResponse document(ServerRequest request) {
    String id = request.pathVariable("id");
    StoredFile file =
        files.find(id).orElseThrow(() -> RefusalException.notFound("There is no document " + id));
    boolean shown = SHOWN.contains(file.mediaType().toString());
    String disposition = FilesApi.disposition(shown ? "inline" : "attachment", file.name());
    return Json.respond(
        contained(shown ? file.mediaType() : MediaType.APPLICATION_OCTET_STREAM)
            .header(HttpHeaders.CONTENT_DISPOSITION, disposition),
        file.content());
  }

  /** Content of others, which a browser displays without executing anything. */
  static ServerResponse.BodyBuilder contained(MediaType type) {
    return ServerResponse.ok()
        .contentType(type)
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", DOCUMENT_POLICY);
  }

  private static ServerResponse asset(String name, MediaType type) {
    return asset(type).body(new ClassPathResource("sandbox/" + name));
  }

  private static ServerResponse.BodyBuilder asset(MediaType type) {
    return ServerResponse.ok()
        .contentType(new MediaType(type, StandardCharsets.UTF_8))
        .cacheControl(CacheControl.noCache())
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", PAGE_POLICY);
  }
}

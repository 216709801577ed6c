package fi.signspace.plugin.e2e;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.selenium.AxeBuilder;
import fi.signspace.plugin.testkit.Chromium;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * {@link Chromium} for a test class. A failed test leaves a screenshot in {@code
 * target/screenshots}.
 */
final class Browser implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  private static final List<String> SERIOUS = List.of("serious", "critical");

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Duration MAX_WAIT = Duration.ofSeconds(40);

  private final String language;
  private final String[] options;
  private @Nullable ChromeDriver driver;
  private int visits;
  private long unzoomedWidth;

  /**
   * @param language the user's preferred language, e.g. {@code fi}
   * @param options additional command line options of Chromium
   */
  Browser(String language, String... options) {
    this.language = language;
    this.options = options;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    driver = Chromium.start(language, options);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      screenshot("failed-" + context.getRequiredTestMethod().getName());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (driver != null) {
      driver.quit();
    }
  }

  ChromeDriver driver() {
    if (driver == null) {
      throw new IllegalStateException("The browser is not open");
    }
    return driver;
  }

  /**
   * A URL that is not in the browser's cache. Tasklist renews the nonce of its scripts with every
   * response, including 304, so a cached page would not start; its scripts may be cached.
   */
  String uncached(String page) {
    return page + "?visit=" + ++visits;
  }

  /** Saves what the browser shows as {@code target/screenshots/<name>.png}. */
  void screenshot(String name) {
    try {
      Path file = SCREENSHOTS.resolve(name + ".png");
      Files.createDirectories(file.getParent());
      Files.write(file, driver().getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for something; a click meanwhile is repeated if the page has moved under it. */
  <T> T await(ExpectedCondition<T> condition) {
    return new WebDriverWait(driver(), MAX_WAIT, Duration.ofMillis(100))
        .ignoring(StaleElementReferenceException.class)
        .ignoring(ElementClickInterceptedException.class)
        .until(condition);
  }

  WebElement see(By what) {
    return await(ExpectedConditions.visibilityOfElementLocated(what));
  }

  /** Clicks as soon as the element is not covered: the page moves while it loads or is zoomed. */
  void click(By what) {
    await(
        driver -> {
          WebElement target = ExpectedConditions.elementToBeClickable(what).apply(driver);
          if (target == null) {
            return false;
          }
          // Tasklist's footer covers the end of the page
          driver().executeScript("arguments[0].scrollIntoView({ block: 'center' })", target);
          target.click();
          return true;
        });
  }

  /** Clicks an element that may just have been disabled or removed. */
  void tryToClick(String css) {
    driver().executeScript("document.querySelector(arguments[0])?.click()", css);
  }

  /** Sends a login with every request from now on. */
  void logIn(Login login) {
    HttpRequest request =
        login.applyTo(HttpRequest.newBuilder(URI.create("http://localhost"))).build();
    driver()
        .executeCdpCommand(
            "Network.setExtraHTTPHeaders",
            Map.of(
                "headers",
                Map.of(
                    "Authorization", request.headers().firstValue("Authorization").orElseThrow())));
  }

  /** Sends no login any more. */
  void logOut() {
    driver().executeCdpCommand("Network.setExtraHTTPHeaders", Map.of("headers", Map.of()));
  }

  void forgetCookies() {
    driver().executeCdpCommand("Network.clearBrowserCookies", Map.of());
  }

  /** Sets the user's language and time zone, effective from the next page. */
  void liveIn(String language, String timeZone) {
    String agent = (String) driver().executeScript("return navigator.userAgent");
    driver()
        .executeCdpCommand(
            "Emulation.setUserAgentOverride",
            Map.of("userAgent", agent, "acceptLanguage", language));
    driver().executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", timeZone));
  }

  /** The serious accessibility violations of a part of the page, which has no frames. */
  @SuppressWarnings("deprecation") // the mode for frames gives up after a second on a busy machine
  List<String> seriousViolations(String css) {
    Results results = new AxeBuilder().setLegacyMode().include(css).analyze(driver());
    if (results.isErrored()) {
      throw new IllegalStateException(results.getErrorMessage());
    }
    return results.getViolations().stream()
        .filter(rule -> SERIOUS.contains(String.valueOf(rule.getImpact())))
        .map(rule -> rule.getId() + ": " + rule.getNodes().get(0).getHtml())
        .toList();
  }

  /** The words of a part of the page that are broken elsewhere than at a hyphen. */
  @SuppressWarnings("unchecked")
  List<String> brokenWords(String css) {
    return (List<String>)
        driver()
            .executeScript(
                """
                const broken = [];
                for (const part of document.querySelectorAll(arguments[0])) {
                  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
                  while (texts.nextNode()) {
                    if (texts.currentNode.parentElement.closest(".sr-only")) continue;
                    for (const { 0: word, index } of texts.currentNode.data.matchAll(/[^\\s-]+/g)) {
                      const range = document.createRange();
                      range.setStart(texts.currentNode, index);
                      range.setEnd(texts.currentNode, index + word.length);
                      if (new Set(Array.from(range.getClientRects(), ({ top }) => Math.round(top))).size > 1) broken.push(word);
                    }
                  }
                }
                return broken;
                """,
                css);
  }

  /** Resizes the window, for a screenshot without empty space. */
  void resize(int width, int height) {
    driver().manage().window().setSize(new Dimension(width, height));
  }

  /** Shows the page on 390 pixels, like a phone. */
  void narrow() {
    zoom(328);
  }

  /** Zooms the page like a browser: fewer and larger pixels in the same window. */
  void zoom(int percent) {
    unzoomedWidth = unzoomedWidth > 0 ? unzoomedWidth : width();
    driver()
        .executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of(
                "width", 1280 * 100 / percent,
                "height", 1400 * 100 / percent,
                "deviceScaleFactor", percent / 100.0,
                "mobile", false));
  }

  /**
   * Returns as soon as a click meets what it is meant for: the page has its former width, and this
   * has been painted.
   */
  void noZoom() {
    driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    if (unzoomedWidth > 0) {
      await(driver -> width() == unzoomedWidth);
      unzoomedWidth = 0;
    }
    driver()
        .executeAsyncScript(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))");
  }

  /** Until a page has been painted for the first time, Chromium drops all input. */
  void awaitPainted() {
    await(
        driver ->
            driver().executeScript("return performance.getEntriesByType('paint').length > 0"));
  }

  /** The width of the page in CSS pixels. */
  private long width() {
    return (Long) driver().executeScript("return window.innerWidth");
  }

  void goOffline(boolean offline) {
    driver()
        .executeCdpCommand(
            "Network.emulateNetworkConditions",
            Map.of(
                "offline",
                offline,
                "latency",
                0,
                "downloadThroughput",
                -1,
                "uploadThroughput",
                -1));
  }
}

package fi.signspace.plugin.e2e;

import org.openqa.selenium.By;

/** The sandbox's page for signing as any participant. */
final class SandboxPage {

  private final Browser browser;
  private final String url;

  SandboxPage(Browser browser, int port) {
    this.browser = browser;
    url = "http://localhost:" + port + "/sandbox";
  }

  void open() {
    browser.driver().get(url);
  }

  /** Presses a button of a request, and waits until the page says what it has done. */
  void press(String requestId, String action) {
    press("[data-request='%s'][data-action=%s]".formatted(requestId, action));
  }

  /** Presses a button of one person. */
  void press(String requestId, String action, String handle) {
    press(
        "[data-request='%s'][data-action=%s][data-handle='%s']"
            .formatted(requestId, action, handle));
  }

  private void press(String button) {
    browser.click(By.cssSelector("button" + button));
    browser.see(By.cssSelector("#message:not(:empty)"));
  }

  /** Signs as one person; the page then says so. */
  void sign(String requestId, String handle) {
    String request = "article[data-request=\"" + requestId + "\"]";
    press(requestId, "sign", handle);
    browser.see(By.cssSelector(request + " li[data-handle=\"" + handle + "\"][data-state=signed]"));
  }
}

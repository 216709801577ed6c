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

  /** Signs as one person; the page then says so. */
  void sign(String requestId, String handle) {
    String request = "article[data-request=\"" + requestId + "\"]";
    browser.click(By.cssSelector(request + " [data-action=sign][data-handle=\"" + handle + "\"]"));
    browser.see(By.cssSelector(request + " li[data-handle=\"" + handle + "\"][data-state=signed]"));
  }
}

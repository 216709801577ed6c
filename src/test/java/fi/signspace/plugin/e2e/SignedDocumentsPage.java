package fi.signspace.plugin.e2e;

import java.net.URI;
import java.util.Objects;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;

/** Tasklist's page with what has been signed. */
final class SignedDocumentsPage {

  private static final String PAGE = ".signed-documents ";

  private final Browser browser;

  SignedDocumentsPage(Browser browser) {
    this.browser = browser;
    browser.see(By.cssSelector(PAGE + "form"));
  }

  void find(String reference) {
    WebElement field = browser.see(By.id("signed-reference"));
    field.clear();
    field.sendKeys(reference);
    browser.click(By.cssSelector(PAGE + "[type=submit]"));
  }

  /** The text of the only row that the list shows, as soon as it is that of the reference. */
  String awaitRow(String reference) {
    By rows = By.cssSelector(PAGE + "tbody tr");
    browser.await(ExpectedConditions.numberOfElementsToBe(rows, 1));
    browser.await(ExpectedConditions.textToBePresentInElementLocated(rows, reference));
    return browser.see(rows).getText();
  }

  void awaitText(String text) {
    browser.await(ExpectedConditions.textToBePresentInElementLocated(By.cssSelector(PAGE), text));
  }

  /** Where a document is downloaded from. */
  String pathOf(String document) {
    String address = browser.see(By.linkText(document)).getDomProperty("href");
    return URI.create(Objects.requireNonNull(address)).getRawPath();
  }

  /** Whether all of it is to be seen without scrolling to the side. */
  boolean fitsTheWidth() {
    return Boolean.TRUE.equals(
        browser
            .driver()
            .executeScript(
                "const page = document.querySelector('.signed-documents');"
                    + "return page.scrollWidth <= page.clientWidth && page.clientWidth <= innerWidth"));
  }
}

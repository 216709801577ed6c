package fi.signspace.plugin.e2e;

import java.net.URI;
import java.util.Objects;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;

/** Tasklist's page of signed documents. */
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

  /** Waits until the list shows a single row with the reference, and returns its text. */
  String awaitRow(String reference) {
    By rows = By.cssSelector(PAGE + "tbody tr");
    browser.await(ExpectedConditions.numberOfElementsToBe(rows, 1));
    browser.await(ExpectedConditions.textToBePresentInElementLocated(rows, reference));
    return browser.see(rows).getText();
  }

  void awaitText(String text) {
    browser.await(ExpectedConditions.textToBePresentInElementLocated(By.cssSelector(PAGE), text));
  }

  void openTimeline() {
    browser.click(By.cssSelector(PAGE + ".signing-timeline summary"));
  }

  /** The download URL of a document. */
  String pathOf(String document) {
    String address = browser.see(By.linkText(document)).getDomProperty("href");
    return URI.create(Objects.requireNonNull(address)).getRawPath();
  }

  /** Whether it fits without horizontal scrolling. */
  boolean fitsTheWidth() {
    return Boolean.TRUE.equals(
        browser
            .driver()
            .executeScript(
                "const page = document.querySelector('.signed-documents');"
                    + "return page.scrollWidth <= page.clientWidth && page.clientWidth <= innerWidth"));
  }
}

package fi.signspace.plugin.e2e;

import java.net.URI;
import java.util.Objects;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;

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

  /** Ticks a box by its label, with the keyboard. */
  void tick(String label) {
    browser.see(By.cssSelector(PAGE + "[aria-label='" + label + "']")).sendKeys(Keys.SPACE);
  }

  /** Presses a button with the keyboard. */
  void press(String label) {
    browser
        .see(By.xpath("//*[@class='signed-documents']//button[.='" + label + "']"))
        .sendKeys(Keys.ENTER);
  }

  /** Shows requests in another state. */
  void show(String state) {
    new Select(browser.see(By.id("signed-state"))).selectByValue(state);
  }

  /** The path of a link, with its query. */
  String addressOf(String label) {
    URI address =
        URI.create(Objects.requireNonNull(browser.see(By.linkText(label)).getDomProperty("href")));
    return address.getRawPath() + "?" + address.getRawQuery();
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

package fi.signspace.plugin.e2e;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;

/** A form of the process. */
final class FormPage {

  private final Browser browser;
  private final String form;

  /**
   * @param place the CSS selector of the container: a dialog or a task
   */
  FormPage(Browser browser, String place) {
    this.browser = browser;
    form = place + " form.signing ";
    browser.see(By.cssSelector(form + "fieldset"));
    browser.awaitPainted();
  }

  /** Types into the field of this name; into the last one where there are several. */
  void type(String name, String text) {
    WebElement field = last("[name=" + name + "]");
    field.clear();
    field.sendKeys(text);
  }

  /** Enters a value that the field does not allow users to type. */
  void force(String name, String text) {
    browser
        .driver()
        .executeScript("arguments[0].value = arguments[1]", last("[name=" + name + "]"), text);
  }

  /** Sets a day the way a date picker does, whatever the browser's date format. */
  void pickDay(String name, String isoDate) {
    browser
        .driver()
        .executeScript(
            "arguments[0].value = arguments[1];"
                + "arguments[0].dispatchEvent(new Event('change', { bubbles: true }))",
            last("[name=" + name + "]"),
            isoDate);
  }

  void select(String name, String visibleText) {
    new Select(last("[name=" + name + "]")).selectByVisibleText(visibleText);
  }

  void addParticipant(String name, String email) {
    press("[data-action=add-participant]");
    type("displayName", name);
    type("handle", email);
  }

  void choose(Path... files) {
    all("[data-picker]")
        .get(0)
        .sendKeys(Arrays.stream(files).map(Path::toString).collect(Collectors.joining("\n")));
  }

  /** Chooses a file in a field of Camunda's own. */
  void chooseAs(String name, Path file) {
    all("input[type=file][name=" + name + "]").get(0).sendKeys(file.toString());
  }

  /**
   * Drops files onto a part of the form.
   *
   * @return whether the form handled the event, so that the browser does not open the file
   */
  boolean drop(String css, String... fileNames) {
    return Boolean.TRUE.equals(
        browser
            .driver()
            .executeScript(
                """
                const [place, names] = arguments;
                const dataTransfer = new DataTransfer();
                names.forEach((name) =>
                    dataTransfer.items.add(new File(['%PDF-1.7 Dropped ' + name], name, { type: 'application/pdf' })));
                const tell = (type) => {
                  const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
                  place.dispatchEvent(event);
                  return event.defaultPrevented;
                };
                tell('dragenter');
                const isAllowed = tell('dragover');
                return tell('drop') && isAllowed;
                """,
                last(css), List.of(fileNames)));
  }

  /** Drags a part of the form onto another with the mouse. */
  void drag(String css, String targetCss) {
    new Actions(browser.driver()).dragAndDrop(last(css), last(targetCss)).perform();
  }

  void press(String css) {
    browser.click(By.cssSelector(form + css));
  }

  void press(String css, String documentName) {
    press("[data-document=\"%s\"] %s".formatted(documentName, css));
  }

  /** Presses a button that may just have been disabled or removed. */
  void tryToPress(String css) {
    browser.tryToClick(form + css);
  }

  /** Whether it fits without horizontal scrolling. */
  boolean fitsTheWidth() {
    return Boolean.TRUE.equals(
        browser
            .driver()
            .executeScript(
                """
                const form = arguments[0];
                const edge = Math.min(form.getBoundingClientRect().right, window.innerWidth) + 1;
                const parts = Array.from(form.querySelectorAll(':not(.sr-only):not(style)'));
                return form.scrollWidth <= form.clientWidth
                    && parts.every((part) => part.getBoundingClientRect().right <= edge);
                """,
                all("").get(0)));
  }

  WebElement button(String css) {
    return browser.driver().findElement(By.cssSelector(form + ".signing-decisions " + css));
  }

  String valueOf(String name) {
    return last("[name=" + name + "]").getDomProperty("value");
  }

  /** The error message of a field, as found by a screen reader. */
  String errorOf(String name) {
    String ids = last("[name=" + name + "][aria-invalid=true]").getDomAttribute("aria-describedby");
    String errorId = ids.replaceFirst(" .*", "");
    return browser.see(By.id(errorId)).getText();
  }

  /** The names of the documents in their order. */
  List<String> documents() {
    return all("[data-document]").stream()
        .map(row -> row.getDomAttribute("data-document"))
        .toList();
  }

  String textOf(String css) {
    return browser.see(By.cssSelector(form + css)).getText();
  }

  String text() {
    return textOf("");
  }

  void awaitText(String css, String text) {
    browser.await(
        driver ->
            all(css).stream().anyMatch(element -> element.getText().contains(text)) ? true : null);
  }

  boolean hasFocus(String css) {
    return browser.await(
        driver -> driver.switchTo().activeElement().equals(all(css).get(0)) ? true : null);
  }

  private WebElement last(String css) {
    browser.see(By.cssSelector(form + css));
    List<WebElement> found = all(css);
    return found.get(found.size() - 1);
  }

  private List<WebElement> all(String css) {
    return browser.driver().findElements(By.cssSelector(form + css));
  }
}

package fi.signspace.plugin.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Camunda's Tasklist, as a case worker uses it. */
final class TasklistPage {

  private static final String DIALOG = ".modal-content";
  private static final String START = DIALOG + " .modal-footer .btn-primary";
  private static final String TASK = "[cam-tasklist-task]";
  private static final By COMPLETE = By.cssSelector(TASK + " button[ng-click='complete()']");

  private final Browser browser;
  private final String url;
  private String page = "";
  private Login login = Login.DEMO;
  private String opened = "";

  TasklistPage(Browser browser, int port) {
    this(browser, "localhost", port);
  }

  /**
   * @param host a host name of this machine for the browser
   */
  TasklistPage(Browser browser, String host, int port) {
    this.browser = browser;
    url = "http://%s:%d/camunda/app/tasklist/default/".formatted(host, port);
  }

  /** Opens Tasklist as a user who is not logged in yet, and logs in. */
  void open() {
    browser.driver().get("about:blank");
    browser.forgetCookies();
    page = browser.uncached(url);
    browser.driver().get(page);
    logIn();
  }

  void openAs(Login login) {
    this.login = login;
    open();
  }

  void logIn() {
    // the page takes the focus once it is ready, also from a field that is being typed into
    browser.await(driver -> enter("username", login.user()) && enter("password", login.password()));
    browser.click(By.cssSelector("form button[type=submit]"));
    browser.see(By.cssSelector(".start-process-action a"));
  }

  private boolean enter(String field, String text) {
    WebElement input = browser.see(By.cssSelector("input[ng-model=" + field + "]"));
    input.clear();
    input.sendKeys(text);
    return text.equals(input.getDomProperty("value"));
  }

  void logOut() {
    browser.click(By.cssSelector(".account .dropdown-toggle"));
    browser.click(By.cssSelector(".account .logout a"));
    browser.see(By.cssSelector("input[ng-model=username]"));
  }

  /**
   * Ends the session, as after a long pause. Tasklist may notice it at any time and ask to log in.
   */
  void loseSession() {
    browser.forgetCookies();
  }

  FormPage startDialog() {
    return startDialog("Signing request");
  }

  FormPage startDialog(String process) {
    browser.click(By.cssSelector(".start-process-action a"));
    // Tasklist re-renders the list while it loads, so that a click may miss its element
    browser.await(
        driver -> {
          driver.findElements(By.linkText(process)).forEach(WebElement::click);
          return !driver.findElements(By.cssSelector(DIALOG + " form.signing")).isEmpty();
        });
    return new FormPage(browser, DIALOG);
  }

  /** Tasklist's own button in the dialog, which sends the form. */
  void pressStart() {
    browser.click(By.cssSelector(START));
  }

  void tryToPressStart() {
    browser.tryToClick(START);
  }

  void closeDialog() {
    browser.click(
        By.xpath("//*[contains(@class, 'modal-footer')]//button[normalize-space()='Close']"));
    awaitStarted();
  }

  void awaitStarted() {
    browser.await(driver -> driver.findElements(By.cssSelector(DIALOG)).isEmpty());
  }

  /** The form of an unclaimed task. */
  FormPage task(String id) {
    opened = id;
    browser.driver().get(page + "#/?task=" + id);
    return new FormPage(browser, TASK);
  }

  /** The task that opened automatically after a decision, already claimed. */
  FormPage next(String id) {
    browser.await(driver -> String.valueOf(driver.getCurrentUrl()).contains("task=" + id));
    opened = id;
    FormPage form = new FormPage(browser, TASK);
    browser.await(driver -> form.button("[value]").isEnabled());
    return form;
  }

  void chooseFilter(String name) {
    browser.click(By.xpath("//div[@cam-tasklist-filters]//a[contains(., '" + name + "')]"));
  }

  /** The tasks of one case in a list. */
  void search(String filterId, String businessKey) {
    String query =
        "[{\"type\":\"processInstanceBusinessKey\",\"operator\":\"eq\",\"value\":\"%s\"}]"
            .formatted(businessKey);
    browser
        .driver()
        .get(
            "%s#/?filter=%s&searchQuery=%s"
                .formatted(page, filterId, URLEncoder.encode(query, UTF_8)));
  }

  /** The titles of the list's first page, as soon as this one is among them. */
  List<String> awaitListed(String title) {
    return browser.await(
        driver -> {
          List<String> titles =
              driver.findElements(By.cssSelector("[cam-tasks] li.task h4")).stream()
                  .map(task -> task.getText().replaceFirst("^.*?: ", "").replaceFirst(" \\(.*", ""))
                  .toList();
          return titles.contains(title) ? titles : null;
        });
  }

  FormPage claim(String id) {
    FormPage form = task(id);
    browser.click(By.cssSelector(TASK + " button.claim"));
    browser.await(driver -> form.button("[value]").isEnabled());
    return form;
  }

  /** Claims a task that is completed with Tasklist's own button. */
  FormPage claimPlain(String id) {
    FormPage form = task(id);
    browser.click(By.cssSelector(TASK + " button.claim"));
    browser.await(driver -> driver.findElements(By.cssSelector(TASK + " button.claim")).isEmpty());
    return form;
  }

  /** Tasklist's own button below a task's form. */
  void pressComplete() {
    browser.click(COMPLETE);
  }

  /** Waits until the task that is shown can, or cannot, be completed with Tasklist's own button. */
  void awaitCompletable(boolean completable) {
    browser.await(driver -> driver.findElement(COMPLETE).isEnabled() == completable);
  }

  /** The task that is chosen in the list by its title. */
  FormPage chooseTask(String title) {
    browser.click(
        By.xpath("//*[@cam-tasks]//li[contains(@class, 'task')]//a[contains(., '" + title + "')]"));
    return new FormPage(browser, TASK);
  }

  /** Claims the task that is shown. */
  FormPage claimShown() {
    browser.click(By.cssSelector(TASK + " button.claim"));
    FormPage form = new FormPage(browser, TASK);
    browser.await(driver -> form.button("[value]").isEnabled());
    return form;
  }

  /** Takes the shown task over from its assignee. */
  void takeOver() {
    browser.click(By.cssSelector(TASK + " .reset-assignee"));
    claimShown();
  }

  /**
   * The page of signed documents.
   *
   * @param label of its link in the header
   */
  SignedDocumentsPage signedDocuments(String label) {
    browser.click(By.partialLinkText(label));
    return new SignedDocumentsPage(browser);
  }

  /** The name of the user, as the header shows it. */
  String userName() {
    return browser.see(By.cssSelector(".account")).getText();
  }

  void awaitTaskDone() {
    browser.await(driver -> !String.valueOf(driver.getCurrentUrl()).contains("task=" + opened));
  }
}

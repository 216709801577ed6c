package fi.signspace.plugin.e2e;

import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Camunda's Cockpit, as an admin uses it. */
final class CockpitPage {

  private final Browser browser;
  private final String url;
  private String page = "";

  CockpitPage(Browser browser, int port) {
    this.browser = browser;
    url = "http://localhost:" + port + "/camunda/app/cockpit/default/";
  }

  /** Opens the dashboard as an admin who is not logged in yet, and logs in. */
  void open() {
    browser.driver().get("about:blank");
    browser.forgetCookies();
    page = browser.uncached(url);
    browser.driver().get(page);
    browser.see(By.cssSelector("input[ng-model=password]"));
    // the page takes the focus once it is ready, also from a field that is being typed into
    browser.await(driver -> enter("username") && enter("password"));
    browser.click(By.cssSelector("form button[type=submit]"));
    browser.see(By.xpath("//h3[.='Signing requests']"));
  }

  private boolean enter(String field) {
    WebElement input = browser.see(By.cssSelector("input[ng-model=" + field + "]"));
    input.clear();
    input.sendKeys("demo");
    return "demo".equals(input.getDomProperty("value"));
  }

  /** Waits for a text in a section of the dashboard. */
  void awaitInSection(String title, String text) {
    browser.await(driver -> section(title).contains(text));
  }

  String section(String title) {
    By section = By.xpath("//h3[.='%s']/following-sibling::div[1]".formatted(title));
    return browser.driver().findElement(section).getText();
  }

  void press(String label) {
    browser.click(By.xpath("//button[starts-with(., '" + label + "')]"));
  }

  /** Searches requests on the dashboard, and waits for an empty result. */
  void findNone(String businessKey) {
    search(businessKey);
    By section = By.xpath("//h3[.='Find a signing request']/..");
    browser.await(driver -> driver.findElement(section).getText().contains("None found."));
  }

  /** Searches requests on the dashboard, and waits for results. */
  void find(String businessKey) {
    search(businessKey);
    browser.see(By.xpath("//th[.='State']/ancestor::table//td[.='" + businessKey + "']"));
  }

  private void search(String businessKey) {
    WebElement input = browser.see(By.cssSelector(".signspace-find input"));
    input.clear();
    input.sendKeys(businessKey);
    press("Find");
  }

  /** Opens an instance and waits for its diagram and variables. */
  void openInstance(String instance) {
    browser.driver().get(page + "#/process-instance/" + instance + "/runtime");
    browser.see(By.cssSelector(".instances-overlay .instance-count"));
    browser.see(By.cssSelector(".cam-table tbody tr"));
  }

  /** Opens the tab of a signing request. */
  void openTab(String instance) {
    clickTab(instance);
    browser.see(By.xpath("//h4[.='Calls']"));
  }

  /** Opens the tab of a list. */
  void openListTab(String list) {
    clickTab(list);
    browser.see(By.xpath("//dt[.='List']"));
  }

  private void clickTab(String instance) {
    browser.driver().get(page + "#/process-instance/" + instance + "/runtime");
    browser.click(By.linkText("SignSpace"));
  }

  /** Waits for a text in the tab. */
  void awaitInTab(String text) {
    By tab = By.xpath("//dl[contains(@class, 'signspace-details')]/..");
    browser.await(driver -> driver.findElement(tab).getText().contains(text));
  }
}

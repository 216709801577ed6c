package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.logging.LogType;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The API documentation page in a browser with its content security policy. */
@EndToEnd
@Tag("long")
class ApiPageTest {

  private static final By OPERATION = By.cssSelector(".opblock");

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  @LocalServerPort private int port;

  @Test
  void every_operation_is_shown_and_can_be_executed() {
    new TasklistPage(BROWSER, port).open();
    BROWSER.driver().manage().logs().get(LogType.BROWSER); // what Tasklist has said is not meant

    BROWSER.driver().get("http://localhost:" + port + "/api/docs");
    BROWSER.await(driver -> driver.findElements(OPERATION).size() == 9 ? true : null);
    BROWSER.screenshot("api-docs");
    BROWSER.click(By.cssSelector(".opblock-get .opblock-summary-control"));
    BROWSER.click(By.cssSelector(".try-out__btn"));
    BROWSER.click(By.cssSelector("button.execute"));
    BROWSER.await(
        driver ->
            driver.findElements(By.cssSelector(".live-responses-table .response")).stream()
                .anyMatch(row -> row.getText().startsWith("200")));
    BROWSER.screenshot("api-docs-tried");
    BROWSER.click(By.cssSelector(".opblock-post .opblock-summary-control"));
    BROWSER.see(By.xpath("//*[contains(@class, 'response-col_status') and .='201']"));
    assertThat(BROWSER.driver().findElements(By.cssSelector(".errors-wrapper"))).isEmpty();

    assertThat(BROWSER.driver().manage().logs().get(LogType.BROWSER).getAll())
        .extracting(entry -> entry.getMessage())
        .noneMatch(message -> message.contains("Content Security Policy"));
  }
}

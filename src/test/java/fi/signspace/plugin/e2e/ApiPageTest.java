package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
    int operations = operations();
    BROWSER.await(driver -> driver.findElements(OPERATION).size() == operations ? true : null);
    BROWSER.screenshot("api-docs");
    BROWSER.click(ofRequests("get"));
    BROWSER.click(By.cssSelector(".try-out__btn"));
    BROWSER.click(By.cssSelector("button.execute"));
    BROWSER.await(
        driver ->
            driver.findElements(By.cssSelector(".live-responses-table .response")).stream()
                .anyMatch(row -> row.getText().startsWith("200")));
    BROWSER.screenshot("api-docs-tried");
    BROWSER.click(ofRequests("post"));
    BROWSER.see(By.xpath("//*[contains(@class, 'response-col_status') and .='201']"));
    assertThat(BROWSER.driver().findElements(By.cssSelector(".errors-wrapper"))).isEmpty();

    assertThat(BROWSER.driver().manage().logs().get(LogType.BROWSER).getAll())
        .extracting(entry -> entry.getMessage())
        .noneMatch(message -> message.contains("Content Security Policy"));
  }

  private int operations() {
    int operations = 0;
    for (JsonNode path :
        new ApiClient(port, Login.DEMO).getPath("/api/openapi").json().get("paths")) {
      operations += path.size();
    }
    return operations;
  }

  private static By ofRequests(String method) {
    return By.xpath(
        "//*[contains(@class, 'opblock-%s')][.//*[@data-path='/api/signing-requests']]//*[contains(@class, 'opblock-summary-control')]"
            .formatted(method));
  }
}

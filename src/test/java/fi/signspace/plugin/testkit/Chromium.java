package fi.signspace.plugin.testkit;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Starts Chromium without a window. */
public final class Chromium {

  private Chromium() {}

  /**
   * If there is no Chromium, the tests of the class are skipped, or fail if {@code CI} is set.
   *
   * @param language the user's preferred language, e.g. {@code fi}
   * @param options additional command line options
   */
  public static ChromeDriver start(String language, String... options) {
    Optional<Path> chromium =
        onPath("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    Optional<Path> chromedriver = onPath("chromedriver");
    if (chromium.isEmpty() || chromedriver.isEmpty()) {
      String missing = "Browser tests need chromium and chromedriver on the PATH";
      if (System.getenv("CI") != null) {
        fail(missing);
      }
      Assumptions.abort(missing);
    }
    ChromeOptions all = new ChromeOptions();
    all.setBinary(chromium.orElseThrow().toFile());
    all.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        // pages of the same scripts in the same process: a quarter less work for each
        "--renderer-process-limit=1",
        "--disable-site-isolation-trials",
        "--window-size=1280,1400");
    all.addArguments(options);
    all.setExperimentalOption("prefs", Map.of("intl.accept_languages", language));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.orElseThrow().toFile())
            .usingAnyFreePort()
            .build();
    ChromeDriver driver = new ChromeDriver(service, all);
    driver.executeCdpCommand("Network.enable", Map.of());
    return driver;
  }

  private static Optional<Path> onPath(String... names) {
    List<String> folders = List.of(System.getenv("PATH").split(File.pathSeparator));
    return Arrays.stream(names)
        .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}

package fi.signspace.plugin.environment;

import java.net.ProxySelector;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** Shows the effective URLs, machine settings and proxy, and what is switched off. */
@Component
class NodeInfo implements InfoContributor {

  private static final String SANDBOX = "the sandbox of this node";

  private final Environment environment;

  NodeInfo(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void contribute(Info.Builder info) {
    info.withDetail("addresses", addresses())
        .withDetail(
            "machine",
            Map.of(
                "zone", ZoneId.systemDefault().getId(),
                "characterSet", Charset.defaultCharset().name(),
                "locale", Locale.getDefault().toLanguageTag()))
        .withDetail("proxy", proxy())
        .withDetail("switchedOff", switchedOff());
  }

  private Map<String, Object> addresses() {
    Map<String, Object> addresses = new LinkedHashMap<>();
    NodeAddress node = new NodeAddress(environment);
    if (node.isKnown()) {
      addresses.put("node", node.external());
    }
    if (isOn("signspace.worker.enabled")) {
      addresses.put("engine", text("camunda.bpm.client.base-url", "the engine of this node"));
      addresses.put("api", text("signspace.api-url", SANDBOX));
      addresses.put("token", text("signspace.token-url", SANDBOX));
    }
    return addresses;
  }

  private static String proxy() {
    return ProxySelector.getDefault() instanceof OutgoingProxy.Selector selector
        ? selector.toString()
        : "as Java has it";
  }

  private List<String> switchedOff() {
    return Stream.concat(
            Stream.of("camunda.bpm.enabled", "signspace.worker.enabled", "signspace.sweep.enabled")
                .filter(property -> !isOn(property)),
            Stream.of(
                    "signspace.webhook.url",
                    "signspace.mail.from",
                    "management.otlp.tracing.endpoint")
                .filter(property -> text(property, "").isEmpty()))
        .toList();
  }

  private boolean isOn(String property) {
    return environment.getProperty(property, Boolean.class, true);
  }

  private String text(String property, String otherwise) {
    String value = environment.getProperty(property);
    return StringUtils.hasText(value) ? value.strip() : otherwise;
  }
}

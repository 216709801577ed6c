package fi.signspace.plugin.api.mail;

import com.samskivert.mustache.Template;
import fi.signspace.plugin.api.mail.Recipient.Audience;
import fi.signspace.plugin.environment.Templates;
import fi.signspace.plugin.http.HttpAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes subject, text and HTML of a mail. What people have typed is escaped, and written so that
 * mail programs do not turn it into links; the only link is the configured one, for requesters.
 */
final class MailRenderer {

  /**
   * Text that mail programs recognize as the beginning of a link, as a domain (also with full-width
   * dots) or as a shared folder.
   */
  private static final Pattern LINK =
      Pattern.compile(
          "(?<=[\\p{L}\\p{N}])[.@:\\u3002\\uff0e\\uff61\\uff1a](?=[\\p{L}\\p{N}/\\\\+])|\\\\(?=\\\\)");

  /** The beginning of an encoded word: mail programs would show what it encodes. */
  private static final String ENCODED_WORD = "=?";

  private static final String ZERO_WIDTH_SPACE = "\u200b";

  private final Template html = Templates.html("mail/mail.html");
  private final Template text = Templates.text("mail/mail.txt");
  private final ZoneId zone;
  private final @Nullable HttpAddress link;

  private record Fact(String label, String value) {}

  MailRenderer(ZoneId zone, @Nullable HttpAddress link) {
    this.zone = zone;
    this.link = link;
  }

  RenderedMail render(Notice notice, Audience audience) {
    MailTexts texts = new MailTexts(notice.language());
    String event = notice.actor() == null ? notice.event() : "by." + notice.event();
    String title = unlinked(notice.title());
    String actor = unlinked(Objects.requireNonNullElse(notice.actor(), ""));
    String heading = texts.find(event, audience, title, actor).orElseThrow();
    Map<String, Object> values = new HashMap<>();
    values.put("language", texts.language().getLanguage());
    values.put("heading", heading);
    values.put("title", title);
    values.put("facts", facts(notice, audience, texts));
    values.put("next", texts.find(notice.event() + ".next", audience).orElse(null));
    values.put("link", audience == Audience.PARTICIPANT || link == null ? null : link.toString());
    values.put("open", texts.of("open"));
    values.put("reason", texts.find("reason", audience).orElseThrow());
    values.put("automatic", texts.of("automatic"));
    String plainHeading =
        texts
            .find(event, audience, notice.title(), Objects.requireNonNullElse(notice.actor(), ""))
            .orElseThrow();
    return new RenderedMail(
        texts.language().getLanguage(),
        (plainHeading + ": " + notice.title()).replace(ENCODED_WORD, "=" + ZERO_WIDTH_SPACE + "?"),
        text.execute(values),
        html.execute(values));
  }

  private List<Fact> facts(Notice notice, Audience audience, MailTexts texts) {
    List<Fact> facts = new ArrayList<>();
    if (notice.completed() != null && notice.requested() != null) {
      facts.add(
          new Fact(
              texts.of("signatures"),
              texts.of("progress", notice.completed(), notice.requested())));
    }
    if (audience != Audience.PARTICIPANT && !notice.missing().isEmpty()) {
      facts.add(new Fact(texts.of("missing"), unlinked(String.join(", ", notice.missing()))));
    }
    if (notice.dueAt() != null) {
      facts.add(new Fact(texts.of("due"), dueDate(notice.dueAt(), texts)));
    }
    if (audience != Audience.PARTICIPANT && notice.reference() != null) {
      facts.add(new Fact(texts.of("reference"), unlinked(notice.reference())));
    }
    return facts;
  }

  private String dueDate(String dueAt, MailTexts texts) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
            .withLocale(texts.region())
            .format(Instant.parse(dueAt).atZone(zone))
        + " (%s)".formatted(zone.getId());
  }

  static String unlinked(String text) {
    return LINK.matcher(text).replaceAll("$0" + ZERO_WIDTH_SPACE);
  }
}

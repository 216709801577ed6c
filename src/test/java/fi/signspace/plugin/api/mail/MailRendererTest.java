package fi.signspace.plugin.api.mail;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.api.mail.NotifiedRequests.NotifiedRequest;
import fi.signspace.plugin.api.mail.NotifiedRequests.Person;
import fi.signspace.plugin.api.mail.Recipient.Audience;
import fi.signspace.plugin.environment.Texts;
import fi.signspace.plugin.http.HttpAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailRendererTest {

  private static final String LINK = "https://signing.example.com/camunda";

  private final MailRenderer renderer =
      new MailRenderer(ZoneId.of("Europe/Helsinki"), HttpAddress.valueOf(LINK));

  static NotifiedRequest request(String title, String name, @Nullable String language) {
    return new NotifiedRequest(
        title,
        "case-1",
        "request-1",
        "awaiting",
        false,
        false,
        language,
        "rita@example.com",
        Instant.parse("2026-12-24T10:00:00Z"),
        3,
        1,
        List.of(
            new Person("anna@example.com", name, true, true, false),
            new Person("bo@example.com", "Bo", true, false, true)),
        List.of(Optional.of("Anna@example.com")),
        List.of());
  }

  private RenderedMail signed(String title, String name) {
    return renderer.render(
        Notice.of(EventType.SIGNED, 1, request(title, name, "en")), Audience.REQUESTER);
  }

  @Test
  void a_mail_says_who_signed_and_who_is_missing() {
    RenderedMail mail = signed("Lease", "Anna Andersson");

    assertThat(mail.subject()).isEqualTo("Anna Andersson has signed: Lease");
    assertThat(mail.text())
        .contains("Anna Andersson has signed", "Signatures: 1 of 3", "Not signed yet: Bo", LINK)
        .contains("24 December 2026", "12:00 (Europe/Helsinki)", "Reference: case-1");
    assertThat(mail.html()).contains("href=\"" + LINK + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Lease <a href=\"https://evil.example\">sign here</a> & more",
        "Lease\r\nBcc: all@example.com",
        "Lease\u2028Subject: other\u2029x",
        "\"Bank\" <x@evil.example>",
        "{0} '{1}' {{html}} {{{html}}}",
        "http://evil.example/pay www.evil.example x@evil.example",
        "\u202ereversed\u2066",
        "=?utf-8?Q?x=0D=0ABcc:_all@example.com?=",
        "file:\\\\evil\\share \\\\evil\\share tel:+358401234567",
        "evil\u3002example evil\uff0eexample evil\uff61example http\uff1a//evil",
      })
  void typed_text_is_neither_markup_nor_a_header_nor_a_link(String typed) {
    RenderedMail asTitle = signed(typed, "Anna");
    RenderedMail asName = signed("Lease", typed);

    for (RenderedMail mail : List.of(asTitle, asName)) {
      assertThat(mail.subject()).doesNotContainPattern("[\\p{Cntrl}\\u2028\\u2029\\u202e\\u2066]");
      assertThat(links(mail.html())).containsExactly(LINK);
      assertThat(mail.html()).doesNotContain("<a href=\"https://evil", "<x@");
      assertThat(mail.subject()).doesNotContain("=?");
      for (String text : List.of(mail.text(), mail.html())) {
        assertThat(text)
            .doesNotContain("://evil", "\uff1a//evil", "evil.example", "\\\\", "tel:+")
            .doesNotContainPattern("evil[\u3002\uff0e\uff61]example");
      }
    }
  }

  private static List<String> links(String html) {
    Matcher link = Pattern.compile("(?:href|src|action)=\"([^\"]*)\"").matcher(html);
    return link.results().map(found -> found.group(1)).toList();
  }

  private static Stream<Arguments> mails() {
    return Texts.LANGUAGES.stream()
        .flatMap(
            language ->
                Stream.of(Audience.values())
                    .map(audience -> Arguments.of(language.getLanguage(), audience)));
  }

  @ParameterizedTest
  @MethodSource("mails")
  void every_event_has_texts_in_every_language_for_every_audience(
      String language, Audience audience) {
    NotifiedRequest request = request("Lease", "Anna", language);

    for (EventType type : EnumSet.complementOf(EnumSet.of(EventType.ENDED))) {
      if (MailTexts.EVENTS.contains(type)) {
        RenderedMail mail = renderer.render(Notice.of(type, 0, request), audience);
        assertThat(mail.subject()).endsWith(": Lease");
        assertThat(mail.language()).isEqualTo(language);
        assertThat(mail.html()).doesNotContain("{0}", "{1}").contains("lang=\"" + language);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"signed", "cancelled", "abandoned", "removed", "unproven", "unverifiable"})
  void every_end_has_texts_if_it_is_a_mail(String status) {
    NotifiedRequest ended = ended(status);

    boolean isMail = !Recipient.of(EventType.ENDED, ended, Set.of()).isEmpty();

    assertThat(isMail).isEqualTo(!status.equals("cancelled"));
    if (isMail) {
      RenderedMail mail = renderer.render(Notice.of(EventType.ENDED, 0, ended), Audience.REQUESTER);
      assertThat(mail.text()).doesNotContain("Not signed yet", "Due");
    }
  }

  /** Bo has signed documents that were replaced afterwards. */
  @Test
  void a_mail_about_signed_documents_says_that_someone_has_signed_former_ones() {
    NotifiedRequest all = ended("signed");
    NotifiedRequest former =
        ended("signed", List.of(Optional.of("anna@example.com"), Optional.of("BO@example.com")));
    NotifiedRequest unnamed = ended("signed", List.of(Optional.empty(), Optional.empty()));

    assertThat(subject(all)).isEqualTo("Everyone has signed: Lease");
    assertThat(subject(unnamed)).isEqualTo("Everyone has signed: Lease");
    assertThat(subject(former))
        .isEqualTo("Everyone has signed, but not all of them the current documents: Lease");
  }

  private String subject(NotifiedRequest request) {
    return renderer.render(Notice.of(EventType.ENDED, 0, request), Audience.REQUESTER).subject();
  }

  static NotifiedRequest ended(String status) {
    return ended(status, List.of(Optional.of("Anna@example.com")));
  }

  private static NotifiedRequest ended(String status, List<Optional<String>> signedBy) {
    NotifiedRequest request = request("Lease", "Anna", "en");
    return new NotifiedRequest(
        request.title(),
        request.businessKey(),
        "request-1",
        status,
        true,
        false,
        "en",
        request.requester(),
        request.dueAt(),
        3,
        3,
        request.participants(),
        signedBy,
        List.of());
  }

  @Test
  void the_languages_have_the_same_keys_and_placeholders() {
    Set<String> english = sentences(Locale.ENGLISH);

    for (Locale language : Texts.LANGUAGES) {
      assertThat(sentences(language)).as(language.getLanguage()).isEqualTo(english);
    }
  }

  private static Set<String> sentences(Locale language) {
    ResourceBundle bundle =
        ResourceBundle.getBundle(
            "texts/mails",
            language,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    return bundle.keySet().stream()
        .map(
            key ->
                key
                    + " "
                    + Pattern.compile("\\{[0-9]}")
                        .matcher(bundle.getString(key))
                        .results()
                        .map(found -> found.group())
                        .sorted()
                        .toList())
        .collect(toSet());
  }

  /** A participant's mail has no link at all: nothing lets its reader sign for somebody else. */
  @ParameterizedTest
  @MethodSource("mails")
  void mails_to_participants_have_no_links(String language, Audience audience) {
    RenderedMail mail =
        renderer.render(
            Notice.of(EventType.REMINDED, 0, request("Lease", "Anna", language)), audience);

    assertThat(links(mail.html()).isEmpty()).isEqualTo(audience == Audience.PARTICIPANT);
    assertThat(mail.text().contains("://")).isEqualTo(audience != Audience.PARTICIPANT);
  }
}

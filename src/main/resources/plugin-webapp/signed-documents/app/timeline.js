/*
 * What has happened to a signing request, oldest first: the same view in the forms, in Signed documents and in Cockpit.
 * The sentences come from the API in the reader's language; values become text nodes, never HTML.
 */

const TEXTS = {
  en: {
    heading: "What has happened",
    loading: "Loading …",
    unknown: "What has happened can no longer be shown: the history has been removed, or you may not see it.",
    failed: "What has happened could not be loaded. Close and open this again.",
  },
  fi: {
    heading: "Mitä on tapahtunut",
    loading: "Haetaan …",
    unknown: "Tapahtumia ei voi enää näyttää: historia on poistettu, tai sinulla ei ole oikeutta nähdä sitä.",
    failed: "Tapahtumia ei voitu hakea. Sulje tämä ja avaa uudelleen.",
  },
  sv: {
    heading: "Vad som har hänt",
    loading: "Hämtar …",
    unknown: "Händelserna kan inte längre visas: historiken har tagits bort, eller så får du inte se den.",
    failed: "Händelserna kunde inte hämtas. Stäng detta och öppna det igen.",
  },
};

const SECONDS = { year: 31_557_600, month: 2_629_800, week: 604_800, day: 86_400, hour: 3600, minute: 60, second: 1 };

function element(name, attributes, ...children) {
  const node = Object.assign(document.createElement(name), attributes);
  node.append(...children);
  return node;
}

/** “2 hours ago”, in the largest unit of which at least one has passed. */
function relative(moment, locale) {
  const seconds = Math.min(0, (moment - Date.now()) / 1000);
  const [unit, size] = Object.entries(SECONDS).find(([, length]) => -seconds >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.ceil(seconds / size), unit);
}

function entry({ at, text }, locale) {
  const moment = new Date(at);
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "medium" }).format(moment);
  const time = element("time", { dateTime: at, title: exact }, relative(moment, locale));
  // not everyone can hover
  const spoken = element("span", { className: "sr-only" }, ` (${exact})`);
  return element("li", {}, `${text} `, element("small", {}, "– ", time, spoken));
}

async function entries(address, locale, texts) {
  const headers = { Accept: "application/json", "Accept-Language": locale };
  const response = await fetch(address, { headers, cache: "no-store" });
  if (response.status === 404) return [texts.unknown];
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const events = await response.json();
  return [element("ol", { className: "list-unstyled" }, ...events.map((event) => entry(event, locale)))];
}

/**
 * Returns a closed disclosure that loads the timeline whenever it is opened.
 *
 * @param address the request's path in the API
 */
export function timeline(address, languages = navigator.languages) {
  const locale = languages.find((tag) => tag.slice(0, 2).toLowerCase() in TEXTS) || "en";
  const texts = TEXTS[locale.slice(0, 2).toLowerCase()];
  const content = element("div", { role: "status" });
  const heading = element("summary", {}, texts.heading);
  Object.assign(heading.style, { display: "list-item", cursor: "pointer" }); // the web apps' styles hide its marker
  const disclosure = element("details", { className: "signing-timeline" }, heading, content);
  disclosure.lang = locale;
  disclosure.addEventListener("toggle", async () => {
    if (!disclosure.open) return;
    content.replaceChildren(texts.loading);
    try {
      content.replaceChildren(...(await entries(`${address}/events`, locale, texts)));
    } catch {
      content.replaceChildren(texts.failed);
    }
  });
  return disclosure;
}

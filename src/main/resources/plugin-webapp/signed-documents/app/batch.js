/*
 * Actions on the ticked requests of a table: first a preview of how many, then progress. The API acts on some at a time and
 * returns the ids of the others; what is not possible for one request does not stop the others.
 */

function element(name, attributes, ...children) {
  const node = Object.assign(document.createElement(name), attributes);
  node.append(...children);
  return node;
}

const button = (label, onclick, className = "btn btn-default") =>
  element("button", { type: "button", className, onclick }, label);

/**
 * Returns the buttons below a table.
 *
 * @param rows the table; the boxes in its body have the ids of requests as values
 * @param isSigned whether its requests have been signed
 * @param addressOf returns the address of a path of requests
 * @param call calls the API
 * @param says where the questions and results are shown
 * @param changed is called after requests were changed
 * @param t the texts
 */
export function batch({ rows, isSigned, addressOf, call, says, changed, t }) {
  const count = element("span");
  const ids = () => [...rows.querySelectorAll("tbody input:checked")].map(({ value }) => value);

  const send = (action, body) =>
    call(addressOf(`/${action}`), {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });

  const failed = (failure) => {
    const text = failure instanceof TypeError ? t("noResponse") : failure.message;
    says.replaceChildren(element("p", { className: "text-danger" }, text));
  };

  /** What is not possible, and why; requests without a reference by their ids. */
  function list(problems) {
    if (!problems.length) return [];
    const items = problems.map(({ businessKey, id, detail }) => element("li", {}, `${businessKey ?? id}: ${detail}`));
    return [element("p", {}, t("impossible", problems.length)), element("ul", {}, ...items)];
  }

  const ask = (action, question) => async () => {
    try {
      const { remaining, problems } = await send(action, { ids: ids(), dryRun: true });
      const yes = button(t("confirm"), () => act(action, remaining, problems), "btn btn-primary");
      const choices = remaining.length ? [yes, " ", button(t("decline"), () => says.replaceChildren())] : [];
      says.replaceChildren(element("p", {}, t(question, remaining.length)), ...list(problems), ...choices);
      (choices[0] ?? says).focus();
    } catch (failure) {
      failed(failure);
    }
  };

  async function act(action, wanted, known) {
    const problems = [...known];
    const bar = element("progress", { max: wanted.length, value: 0 });
    bar.setAttribute("aria-label", t(action));
    let remaining = wanted;
    let done = 0;
    try {
      while (remaining.length) {
        says.replaceChildren(bar, ` ${t("progress", wanted.length - remaining.length, wanted.length)}`);
        const answer = await send(action, { ids: remaining });
        problems.push(...answer.problems);
        done += answer.done;
        remaining = answer.remaining;
        bar.value = wanted.length - remaining.length;
      }
      says.replaceChildren(element("p", {}, t("requested", done)), ...list(problems));
      changed();
    } catch (failure) {
      failed(failure);
    }
  }

  const link = element("a", { className: "btn btn-default", download: "" }, t("download"));
  const buttons = isSigned
    ? [link]
    : [
        button(t("check"), ask("check", "sureCheck")),
        button(t("remind"), ask("remind", "sureRemind")),
        button(t("cancel"), ask("cancel", "sureCancel")),
      ];
  const bar = element("p", { className: "batch", hidden: true }, count, ...buttons.flatMap((one) => [" ", one]));
  rows.addEventListener("change", () => {
    const chosen = ids();
    says.replaceChildren();
    bar.hidden = !chosen.length;
    count.textContent = t("selected", chosen.length);
    link.href = `${addressOf("/documents")}?${new URLSearchParams(chosen.map((id) => ["id", id]))}`;
  });
  return bar;
}

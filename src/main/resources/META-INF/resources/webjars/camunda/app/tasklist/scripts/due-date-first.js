/*
 * Tasklist shows the newest tasks first, unless its address says otherwise. Here, the list begins with what is due first. An
 * order that is chosen in Tasklist is in the address, and stays.
 */

const BY_DUE_DATE = JSON.stringify([{ sortBy: "dueDate", sortOrder: "asc" }]);

function sortByDueDate() {
  if (!/^#?\/?$/.test(location.hash)) return;
  const page = location.href.split("#")[0];
  location.replace(`${page}#/?${new URLSearchParams({ sorting: BY_DUE_DATE })}`);
}

addEventListener("hashchange", sortByDueDate);
sortByDueDate();

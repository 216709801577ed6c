'use strict';

// Everything that comes from a request is put on the page as text, never as HTML.

/** Below the context path of the application. */
const SANDBOX = location.pathname.replace(/\/sandbox(\/.*)?$/, '/sandbox');
const CONTROL = `${SANDBOX}/control`;
const EVERY_MS = 2000;
const SHOWN = 50;

const OPERATIONS = ['*', 'token', 'files.create', 'files.download', 'tasks.signingRequest.create',
  'tasks.signingRequest.update', 'tasks.list', 'tasks.get', 'tasks.cancel', 'tasks.open'];

const PRESETS = [
  {id: 'down', label: 'Down for a minute', fault: {operation: '*', kind: 'status', status: 503, body: 'html', for: 'PT60S'}},
  {id: 'slow', label: 'Slow: 5 s', fault: {operation: '*', kind: 'latency', latency: 'PT5S'}},
  {id: 'too-many', label: 'Too many requests', fault: {operation: '*', kind: 'status', status: 429, retryAfter: '10', times: 3}},
  {id: 'create-cut', label: 'Created, but the response is lost', fault: {operation: 'tasks.signingRequest.create', kind: 'cutAfter', times: 1}},
  {id: 'unauthorized', label: 'Wrong credentials', revokesTokens: true, fault: {operation: 'token', kind: 'status', status: 401}},
];

const STATUS = {open: 'Open', in_progress: 'In progress', on_hold: 'On hold', complete: 'Complete',
  cancelled: 'Cancelled', OVERDUE: 'Overdue', declined: 'Declined', parked: 'Parked'};
const STATE = {signed: 'Signed', declined: 'Declined', asked: 'Can sign', waiting: 'Waiting', watching: 'Copy only'};
const DONE = {sign: 'Signed', decline: 'Declined', hold: 'Put on hold', cancel: 'Cancelled', open: 'Re-opened',
  complete: 'Completed', report: 'Reported as declined', park: 'Given an unknown status', exchange: 'Documents changed',
  expire: 'Made overdue', delete: 'Deleted'};

const onlyRequest = (location.pathname.match(/\/sandbox\/requests\/([0-9a-f]{24})$/) || [])[1];
const byId = id => document.getElementById(id);

/** An element with attributes and children; strings become text. */
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== false));
  return element;
}

async function call(method, path, body) {
  const options = {method, cache: 'no-store'};
  if (body !== undefined) {
    options.headers = {'Content-Type': 'application/json'};
    options.body = JSON.stringify(body);
  }
  const response = await fetch(CONTROL + path, options);
  const text = await response.text();
  const answer = text ? JSON.parse(text) : null;
  if (!response.ok) {
    throw Object.assign(new Error(answer && answer.message || `HTTP ${response.status}`), {status: response.status});
  }
  return {answer, total: Number(response.headers.get('X-Total-Count'))};
}

let messageTimer;
function say(text, bad = false) {
  const message = byId('message');
  message.textContent = text;
  message.classList.toggle('bad', bad);
  clearTimeout(messageTimer);
  messageTimer = setTimeout(() => { message.textContent = ''; }, 6000);
}

/** Does something for a person, says how it went, and looks again. */
async function act(work, done) {
  try {
    await work();
    say(done);
  } catch (error) {
    say(error.message, true);
  }
  await refresh();
}

const time = text => text && new Date(text).toLocaleString([], {dateStyle: 'medium', timeStyle: 'short'});

function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1000000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1000000).toFixed(1)} MB`;
}

// --- requests

function actionButton(request, action, label, {handle, body, disabled, kind, title} = {}) {
  const button = el('button', {type: 'button', class: kind, disabled, title, 'data-request': request._id,
    'data-action': action, 'data-handle': handle, 'data-evidence': body && 'evidence' in body ? String(body.evidence) : null,
    'aria-label': handle ? `${label} as ${handle}` : null}, label);
  // not disabled meanwhile: a disabled button would lose the focus
  button.addEventListener('click', async () => {
    if (button.hasAttribute('aria-busy')) return;
    button.setAttribute('aria-busy', 'true');
    await act(() => call('POST', `/requests/${request._id}/${action}`, handle ? {handle} : body),
        `${DONE[action]}: ${handle || request.title}`);
    button.removeAttribute('aria-busy');
  });
  return button;
}

function documentList(documents, kind) {
  return el('ol', {class: 'documents'}, documents.map(file => el('li', {},
      el('a', {href: new URL(file.url).pathname, target: '_blank', rel: 'noopener', 'data-document': file.id, 'data-kind': kind}, file.name),
      el('small', {}, size(file.size)))));
}

function personRow(request, person) {
  const when = person.signed_at || person.declined_at;
  const details = [person.display_name ? person.handle : null, person.nin === 'given' ? 'identity code given' : null,
    when ? time(when) : null].filter(Boolean).join(' · ');
  const unsigned = person.state === 'asked' || person.state === 'waiting';
  const over = request.status === 'complete' || request.status === 'cancelled';
  return el('li', {'data-handle': person.handle, 'data-state': person.state},
      el('span', {class: 'turn', 'aria-hidden': true}, person.role === 'watcher' ? 'cc' : String(person.position || '•')),
      el('div', {class: 'who'}, el('b', {}, person.display_name || person.handle), details ? el('small', {}, details) : null),
      el('div', {class: 'do'},
          el('span', {class: `badge ${person.state}`, title: unsigned ? person.why : null}, unsigned && over ? 'Not signed' : STATE[person.state]),
          unsigned && !over ? [
            actionButton(request, 'sign', 'Sign', {handle: person.handle, disabled: !person.can_sign, kind: 'primary', title: person.why}),
            actionButton(request, 'decline', 'Decline', {handle: person.handle, disabled: !person.can_decline}),
          ] : []));
}

function requestCard(request) {
  const can = action => request.can.includes(action);
  const facts = [`Created ${time(request.created_at)} by ${request.acting_handle}`,
    request.due_at ? `overdue from ${time(request.due_at)}` : null, `id ${request._id}`].filter(Boolean).join(' · ');
  const complete = request.status === 'complete';
  const actions = [
    can('report') && actionButton(request, 'report', 'Report as declined', {title: 'The status tells of the decline, which SignSpace\'s guide leaves open'}),
    can('park') && actionButton(request, 'park', 'Unknown status', {title: 'The status is “parked”, which is not in SignSpace\'s guide'}),
    can('exchange') && actionButton(request, 'exchange', 'Change documents', {title: 'Replaces the documents in SignSpace itself, without the process'}),
    can('expire') && actionButton(request, 'expire', 'Make overdue', {title: 'Its due date is now'}),
    can('hold') && actionButton(request, 'hold', 'Hold'),
    can('open') && actionButton(request, 'open', 'Re-open'),
    can('complete') && actionButton(request, 'complete', complete ? 'Add signed documents' : 'Complete', {body: {evidence: true}}),
    can('complete') && !complete && actionButton(request, 'complete', 'Complete without evidence', {body: {evidence: false}}),
    can('cancel') && request.status !== 'cancelled' && actionButton(request, 'cancel', 'Cancel', {kind: 'danger'}),
    can('delete') && actionButton(request, 'delete', 'Delete', {kind: 'danger', title: 'SignSpace does not show the signing request any more'}),
  ].filter(Boolean);
  return el('article', {class: 'card request', id: `request-${request._id}`, 'data-request': request._id,
        'data-status': request.status, 'aria-labelledby': `title-${request._id}`},
      el('header', {},
          el('div', {},
              el('h3', {id: `title-${request._id}`, tabindex: '-1'}, el('a', {href: `${SANDBOX}/requests/${request._id}`}, request.title)),
              el('p', {class: 'facts'}, facts)),
          el('span', {class: `badge ${request.status}`, 'data-field': 'status'}, STATUS[request.status] || request.status)),
      request.parameters.description ? el('p', {class: 'description'}, request.parameters.description) : null,
      el('div', {class: 'columns'},
          el('div', {},
              el('h4', {}, 'Documents'), documentList(request.documents, 'original'),
              request.signed_documents.length ? [el('h4', {}, 'Signed documents'), documentList(request.signed_documents, 'signed')] : [],
              complete && !request.signed_documents.length ? el('p', {class: 'quiet'}, 'Complete without signed documents.') : null),
          el('div', {},
              el('h4', {}, `Participants · ${request.signatures_completed_count} of ${request.signatures_requested_count} signed`),
              el('ol', {class: 'people'}, request.participants.map(person => personRow(request, person))))),
      actions.length ? el('div', {class: 'actions', role: 'group', 'aria-label': 'The whole request'}, actions) : null);
}

/** The same control in the new card, or its heading if the control is gone. */
function successor(card, old) {
  const same = [...card.querySelectorAll('a, button')].find(candidate => !candidate.disabled
      && candidate.tagName === old.tagName && candidate.getAttribute('href') === old.getAttribute('href')
      && ['action', 'handle', 'evidence'].every(key => candidate.dataset[key] === old.dataset[key]));
  return same || card.querySelector('h3');
}

/** Cards that did not change are left alone; a changed card keeps the focus. */
const cards = new Map();
function showRequests(requests) {
  const list = byId('requests');
  const present = new Set(requests.map(request => request._id));
  for (const [id, card] of cards) {
    if (!present.has(id)) { card.element.remove(); cards.delete(id); }
  }
  let place = list.firstChild;
  for (const request of requests) {
    const json = JSON.stringify(request);
    const card = cards.get(request._id);
    if (card && card.json === json) {
      place = card.element.nextSibling;
      continue;
    }
    const element = requestCard(request);
    if (card) {
      const focused = card.element.contains(document.activeElement) ? document.activeElement : null;
      card.element.replaceWith(element);
      if (focused) successor(element, focused).focus({preventScroll: true});
    } else {
      list.insertBefore(element, place);
    }
    place = element.nextSibling;
    cards.set(request._id, {json, element});
  }
}

let latestLook = 0;
async function refreshRequests() {
  const look = ++latestLook;
  let requests, total;
  if (onlyRequest) {
    try {
      requests = [(await call('GET', `/requests/${onlyRequest}`)).answer];
    } catch (error) {
      if (error.status !== 404) throw error;
      requests = [];
    }
    total = requests.length;
  } else {
    ({answer: requests, total} = await call('GET', `/requests?limit=${SHOWN}`));
  }
  if (look !== latestLook) return; // a later look has been quicker
  showRequests(requests);
  byId('count').textContent = total && !onlyRequest ? String(total) : '';
  byId('show-all').hidden = !onlyRequest;
  byId('empty').hidden = Boolean(onlyRequest) || total > 0;
  byId('missing').hidden = !onlyRequest || total > 0;
  byId('more').hidden = total <= requests.length;
  byId('more').textContent = `The newest ${requests.length} of ${total} requests are shown.`;
}

// --- misbehaviour and calls

/** Puts rows in place of others if they are about something new: what stays the same is not read out again. */
function showRows(parent, data, rows) {
  const json = JSON.stringify(data);
  if (parent.dataset.shown !== json) {
    parent.dataset.shown = json;
    parent.replaceChildren(...rows);
  }
}

function faultText(fault) {
  const what = {
    latency: `answered ${fault.latency ? fault.latency.replace('PT', '').toLowerCase() : ''} late`,
    status: `answered with ${fault.status}${fault.body === 'html' ? ' as an HTML page' : ''}`
        + (fault.retryAfter ? `, Retry-After ${fault.retryAfter}` : ''),
    cutBefore: 'cut off before anything is done',
    cutAfter: 'carried out, but its response is cut off',
    nothing: 'never answered',
  }[fault.kind];
  const often = fault.times ? `${fault.met} of ${fault.times} times` : `${fault.met} times so far`;
  const until = fault.until ? `, until ${new Date(fault.until).toLocaleTimeString()}` : '';
  return `${fault.operation === '*' ? 'Every call' : fault.operation} is ${what}: ${often}${until}`;
}

async function refreshFaults() {
  const faults = (await call('GET', '/faults')).answer;
  const live = faults.filter(fault => fault.live).length;
  byId('fault-count').textContent = live ? `${live} in force` : '';
  showRows(byId('faults'), faults, faults.length
    ? faults.map((fault, index) => el('li', {class: fault.live ? null : 'over', 'data-fault': index}, faultText(fault)))
    : [el('li', {class: 'quiet'}, 'Nothing: the sandbox behaves.')]);
}

async function refreshCalls() {
  const operations = Object.entries((await call('GET', '/calls?last=1')).answer.operations);
  const total = operations.reduce((sum, [, counter]) => sum + counter.received, 0);
  byId('calls-total').textContent = total ? String(total) : '';
  showRows(byId('calls-body'), operations, operations.length
    ? operations.map(([name, counter]) => el('tr', {'data-operation': name}, el('th', {scope: 'row'}, name),
        el('td', {}, String(counter.received)),
        el('td', {}, Object.entries(counter.answered).map(([status, times]) => `${status} × ${times}`).join(', ') || '–'),
        el('td', {}, String(counter.cut))))
    : [el('tr', {}, el('td', {colspan: '4', class: 'quiet'}, 'None yet.'))]);
}

// --- mails

function mailCard(mail) {
  return el('article', {class: 'mail', 'data-mail': mail.id},
      el('h3', {}, el('a', {href: `${SANDBOX}/mails/${mail.id}`, target: '_blank', rel: 'noopener'}, mail.subject)),
      el('p', {class: 'facts'}, `To ${mail.to} · ${time(mail.at)}`),
      el('details', {}, el('summary', {}, 'Text'), el('pre', {}, mail.text)));
}

async function refreshMails() {
  const mails = (await call('GET', '/mails')).answer;
  byId('mails-total').textContent = mails.length ? String(mails.length) : '';
  showRows(byId('mails-list'), mails, mails.length ? mails.map(mailCard) : [el('p', {class: 'quiet'}, 'None yet.')]);
}

function showFieldsOfKind() {
  for (const label of document.querySelectorAll('#fault-form [data-for]')) {
    label.hidden = label.dataset.for !== byId('fault-kind').value;
  }
}

function faultOfForm() {
  const value = id => byId(id).value.trim();
  const kind = value('fault-kind');
  const fault = {operation: value('fault-operation'), kind};
  if (kind === 'latency') fault.latency = `PT${value('fault-latency') || 5}S`;
  if (kind === 'status') {
    Object.assign(fault, {status: Number(value('fault-status')), body: value('fault-body')});
    if (value('fault-retry-after')) fault.retryAfter = value('fault-retry-after');
  }
  if (value('fault-times')) fault.times = Number(value('fault-times'));
  if (value('fault-for')) fault.for = `PT${value('fault-for')}S`;
  return fault;
}

function setUpPanels() {
  byId('fault-operation').append(...OPERATIONS.map(name => el('option', {value: name}, name === '*' ? 'every call' : name)));
  byId('fault-kind').addEventListener('change', showFieldsOfKind);
  showFieldsOfKind();
  byId('fault-form').addEventListener('submit', event => {
    event.preventDefault();
    act(() => call('POST', '/faults', faultOfForm()), 'The sandbox misbehaves from now on');
  });
  for (const {id, label, fault, revokesTokens} of PRESETS) {
    const button = el('button', {type: 'button', id: `preset-${id}`, 'data-preset': id}, label);
    button.addEventListener('click', () => act(async () => {
      await call('POST', '/faults', fault);
      if (revokesTokens) await call('POST', '/tokens/revoke');
    }, `The sandbox misbehaves: ${label}`));
    byId('presets').append(button);
  }
  const onClick = (id, method, path, done) =>
    byId(id).addEventListener('click', () => act(() => call(method, path), done));
  onClick('faults-clear', 'DELETE', '/faults', 'The sandbox behaves again');
  onClick('tokens-revoke', 'POST', '/tokens/revoke', 'All tokens issued so far are refused');
  onClick('mails-clear', 'DELETE', '/mails', 'The mails are deleted');
  onClick('calls-reset', 'DELETE', '/calls', 'The counters start from zero');
  byId('state-clear').addEventListener('click', () => {
    if (confirm('Forget all signing requests, documents, mails, faults and counters?')) {
      act(() => Promise.all([call('DELETE', '/state'), call('DELETE', '/mails')]), 'The sandbox is empty');
    }
  });
}

// --- refreshing

async function refresh() {
  try {
    await Promise.all([refreshRequests(), refreshFaults(), refreshCalls(), refreshMails()]);
    byId('connection').hidden = true;
  } catch {
    byId('connection').hidden = false;
  }
}

async function keepRefreshing() {
  if (!document.hidden) await refresh();
  setTimeout(keepRefreshing, EVERY_MS);
}

document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
setUpPanels();
keepRefreshing();

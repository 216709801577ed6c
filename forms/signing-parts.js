// The parts of the forms, as AngularJS templates: {{ }} escapes every value. Each form includes the parts it needs.

signing.parts = {
  // messages: failures, hints, progress
  'signing/messages': `
    <div role="alert" tabindex="-1" data-messages>
      <p class="alert alert-danger" ng-if="page.alert">{{ page.alert }}</p>
      <p class="alert alert-danger" ng-if="page.isTried && page.hasErrors()">{{ t('checkErrors') }}</p>
    </div>
    <div role="status" tabindex="-1">
      <p class="alert alert-warning" ng-if="page.stale">{{ page.stale }}</p>
      <p class="signing-busy" ng-if="page.busy">
        <span class="glyphicon glyphicon-refresh animate-spin" aria-hidden="true"></span> {{ page.busy }}
      </p>
      <span class="sr-only">{{ page.announcement }}</span>
    </div>`,

  'signing/claim': `
    <div role="status">
      <p class="alert alert-info" ng-if="page.isUnclaimed()">
        {{ page.isClaimedByOther() ? t('claimedBy', page.assignee()) : t('claimFirst') }}
      </p>
    </div>`,

  // the notice above a restored draft
  'signing/restored': `
    <div role="status" class="signing-restored">
      <p class="alert alert-info" ng-if="page.isRestored">
        {{ t('draftRestored') }}
        <button type="button" class="btn btn-default" data-action="start-afresh" ng-if="page.edits"
          ng-click="page.startOver()">{{ t('startOver') }}</button>
      </p>
    </div>`,

  'signing/problem': `
    <div role="alert" tabindex="-1" data-gone>
      <div class="alert alert-warning" ng-if="page.isGone">
        {{ page.isSigned ? t('allSigned') : t('taskGone') }}
        <span ng-if="page.next">{{ t('caseGoesOn', page.next.name) }}</span>
        <button type="button" class="btn btn-default" data-action="next" ng-if="page.next" ng-click="page.openNext()">
          {{ t('openNext') }}
        </button>
      </div>
    </div>
    <section class="signing-problem" ng-if="page.problem" ng-attr-aria-labelledby="{{ page.id }}-problem">
      <h4 ng-attr-id="{{ page.id }}-problem">
        <span class="glyphicon glyphicon-exclamation-sign" aria-hidden="true"></span> {{ t('problem') }}
      </h4>
      <p class="signing-lines">{{ page.problem }}</p>
    </section>`,

  // one field with its label, help and error; from the scope: option (its description), model, field (its id)
  'signing/field': `
    <label class="control-label" ng-if="option.kind !== 'switch'" ng-attr-for="{{ page.id }}-{{ field }}">
      {{ t(option.name) }} <small ng-if="option.optional">{{ t('optional') }}</small>
    </label>
    <div ng-switch="option.kind">
      <textarea ng-switch-when="lines" rows="3" class="form-control" name="{{ option.name }}"
        ng-attr-maxlength="{{ option.maxLength }}" ng-attr-id="{{ page.id }}-{{ field }}" ng-model="model[option.name]"
        ng-attr-aria-invalid="{{ !!page.errors[field] }}"
        ng-attr-aria-describedby="{{ page.id }}-{{ field }}-error {{ page.id }}-{{ field }}-help"></textarea>
      <input ng-switch-when="day" type="date" class="form-control signing-day" name="{{ option.name }}"
        ng-attr-min="{{ page.today }}" ng-attr-max="{{ page.lastDay }}" ng-attr-value="{{ model[option.name] }}" ng-attr-id="{{ page.id }}-{{ field }}"
        ng-attr-aria-invalid="{{ !!page.errors[field] }}"
        ng-attr-aria-describedby="{{ page.id }}-{{ field }}-error {{ page.id }}-{{ field }}-help" />
      <select ng-switch-when="choice" class="form-control" name="{{ option.name }}"
        ng-attr-id="{{ page.id }}-{{ field }}" ng-model="model[option.name]"
        ng-options="value as t(option.name + '_' + value) for value in option.values"
        ng-attr-aria-invalid="{{ !!page.errors[field] }}"
        ng-attr-aria-describedby="{{ page.id }}-{{ field }}-error"></select>
      <div ng-switch-when="switch" class="checkbox">
        <label>
          <input type="checkbox" name="{{ option.name }}" ng-model="model[option.name]"
            ng-attr-aria-describedby="{{ page.id }}-{{ field }}-help" /> {{ t(option.name) }}
        </label>
      </div>
      <input ng-switch-default type="text" class="form-control" name="{{ option.name }}" autocomplete="off"
        spellcheck="{{ !option.inputMode }}" inputmode="{{ option.inputMode || 'text' }}"
        ng-attr-maxlength="{{ option.maxLength }}" ng-attr-aria-required="{{ !!option.required }}"
        ng-attr-id="{{ page.id }}-{{ field }}" ng-model="model[option.name]"
        ng-attr-aria-invalid="{{ !!page.errors[field] }}"
        ng-attr-aria-describedby="{{ page.id }}-{{ field }}-error {{ page.id }}-{{ field }}-help" />
    </div>
    <span class="help-block signing-error" ng-if="page.errors[field]" ng-attr-id="{{ page.id }}-{{ field }}-error">
      {{ page.errors[field] }}
    </span>
    <span class="help-block" ng-if="option.help && (option.kind !== 'switch' || model[option.name])" ng-attr-id="{{ page.id }}-{{ field }}-help">
      {{ t(option.name + 'Help') }}
    </span>
    <span class="help-block" ng-if="option.name === 'nin' && model.encryptedNin">
      {{ t('ninEncrypted') }}
      <button type="button" class="btn btn-default btn-xs" data-action="remove-nin" ng-click="page.removeNin(model)">
        {{ t('ninRemove') }}
      </button>
    </span>`,

  'signing/title': `
    <div class="form-group" ng-repeat="option in page.fields.TITLE" ng-init="model = page.request; field = option.name"
      ng-class="{ 'has-error': page.errors[field] }" ng-include="'signing/field'"></div>`,

  'signing/documents': `
    <div class="form-group" role="group" ng-class="{ 'has-error': page.errors.documents }"
      ng-attr-aria-labelledby="{{ page.id }}-documents-label">
      <span class="control-label signing-label" ng-attr-id="{{ page.id }}-documents-label">{{ t('documents') }}</span>
      <ol class="signing-documents" ng-if="page.documents.length">
        <li ng-repeat="document in page.documents" data-document="{{ document.name }}" draggable="true">
          <span class="signing-number" aria-hidden="true">{{ $index + 1 }}.</span>
          <span class="signing-file">
            <a ng-if="document.url" ng-href="{{ document.url }}" download="{{ document.name }}">{{ document.name }}</a>
            <span ng-if="!document.url">{{ document.name }}</span>
            <span class="signing-size" ng-if="document.size >= 0">{{ page.formatSize(document.size) }}</span>
            <span class="signing-error" ng-if="document.problem">{{ t(document.problem) }}</span>
          </span>
          <span class="signing-tools">
            <button type="button" class="btn btn-link" data-action="up" ng-disabled="$first"
              ng-attr-aria-label="{{ t('moveUp', document.name) }}" ng-click="page.moveDocument($index, -1)">
              <span class="glyphicon glyphicon-arrow-up" aria-hidden="true"></span>
            </button>
            <button type="button" class="btn btn-link" data-action="down" ng-disabled="$last"
              ng-attr-aria-label="{{ t('moveDown', document.name) }}" ng-click="page.moveDocument($index, 1)">
              <span class="glyphicon glyphicon-arrow-down" aria-hidden="true"></span>
            </button>
            <button type="button" class="btn btn-link" data-action="remove"
              ng-attr-aria-label="{{ t('remove', document.name) }}" ng-click="page.removeDocument($index)">
              <span class="glyphicon glyphicon-remove" aria-hidden="true"></span>
            </button>
          </span>
        </li>
      </ol>
      <div class="signing-drop">
        <input type="file" multiple class="sr-only" data-picker ng-attr-id="{{ page.id }}-documents"
          ng-attr-aria-invalid="{{ !!page.errors.documents }}"
          ng-attr-aria-describedby="{{ page.id }}-documents-error {{ page.id }}-documents-help" />
        <label class="btn btn-default" ng-attr-for="{{ page.id }}-documents">
          <span class="glyphicon glyphicon-paperclip" aria-hidden="true"></span> {{ t('chooseDocuments') }}
        </label>
        <span class="signing-hint">{{ t('dropDocuments') }}</span>
      </div>
      <span class="help-block signing-error" ng-if="page.errors.documents" ng-attr-id="{{ page.id }}-documents-error">
        {{ page.errors.documents }}
      </span>
      <span class="help-block" ng-attr-id="{{ page.id }}-documents-help">{{ t('documentsHelp') }}</span>
    </div>`,

  'signing/participants': `
    <div class="form-group" role="group" ng-class="{ 'has-error': page.errors.participants }"
      ng-attr-aria-labelledby="{{ page.id }}-participants">
      <span class="control-label signing-label" ng-attr-id="{{ page.id }}-participants">{{ t('participants') }}</span>
      <div class="signing-participant" role="group" data-participant="{{ $index + 1 }}"
        ng-repeat="participant in page.request.participants" ng-attr-aria-label="{{ t('participant', $index + 1) }}">
        <div class="signing-cell" ng-repeat="option in page.fields.PARTICIPANT" ng-if="page.shows(option, participant)"
          ng-init="model = participant; field = option.name + participant.key"
          ng-class="['signing-' + option.width, page.errors[field] && 'has-error']" ng-include="'signing/field'"></div>
        <button type="button" class="btn btn-link signing-remove" data-action="remove"
          ng-disabled="page.request.participants.length === 1"
          ng-attr-aria-label="{{ t('remove', t('participant', $index + 1)) }}" ng-click="page.removeParticipant($index)">
          <span class="glyphicon glyphicon-remove" aria-hidden="true"></span>
        </button>
      </div>
      <span class="help-block signing-error" ng-if="page.errors.participants">{{ page.errors.participants }}</span>
      <button type="button" class="btn btn-default" data-action="add-participant" ng-click="page.addParticipant()">
        <span class="glyphicon glyphicon-plus" aria-hidden="true"></span> {{ t('addParticipant') }}
      </button>
      <div ng-repeat="option in page.fields.RULES" ng-init="model = page.request; field = option.name"
        ng-include="'signing/field'"></div>
      <p class="help-block signing-error" ng-if="page.request.useNin && !page.canEncrypt()">{{ t('ninNeedsHttps') }}</p>
    </div>`,

  // the reference of the case
  'signing/case': `
    <div class="signing-row">
      <div class="signing-cell" ng-repeat="option in page.fields.CASE" ng-init="model = page.request; field = option.name"
        ng-class="{ 'has-error': page.errors[field] }" ng-include="'signing/field'"></div>
      <div class="signing-cell" ng-if="page.isStart" ng-class="{ 'has-error': page.errors.businessKey }">
        <label class="control-label" ng-attr-for="{{ page.id }}-businessKey">
          {{ t('businessKey') }} <small>{{ t('optional') }}</small>
        </label>
        <input type="text" class="form-control" name="businessKey" autocomplete="off" maxlength="255" cam-business-key
          ng-model="page.reference" ng-attr-id="{{ page.id }}-businessKey"
          ng-attr-aria-invalid="{{ !!page.errors.businessKey }}"
          ng-attr-aria-describedby="{{ page.id }}-businessKey-error {{ page.id }}-businessKey-help" />
        <span class="help-block signing-error" ng-if="page.errors.businessKey" ng-attr-id="{{ page.id }}-businessKey-error">
          {{ page.errors.businessKey }}
        </span>
        <span class="help-block" ng-attr-id="{{ page.id }}-businessKey-help">{{ t('businessKeyHelp') }}</span>
      </div>
    </div>`,

  'signing/options': `
    <details class="signing-options" ng-open="page.optionsOpen">
      <summary>{{ t('options') }}</summary>
      <div class="form-group" ng-repeat="option in page.fields.OPTIONS" ng-init="model = page.request; field = option.name"
        ng-class="{ 'has-error': page.errors[field] }" ng-include="'signing/field'"></div>
      <div class="form-group" role="group" ng-attr-aria-labelledby="{{ page.id }}-metadata">
        <span class="control-label signing-label" ng-attr-id="{{ page.id }}-metadata">{{ t('metadata') }}</span>
        <div class="signing-participant" data-metadata="{{ $index + 1 }}" ng-repeat="entry in page.request.metadata">
          <div class="signing-cell" ng-repeat="option in page.fields.METADATA"
            ng-init="model = entry; field = option.name + entry.key" ng-class="{ 'has-error': page.errors[field] }"
            ng-include="'signing/field'"></div>
          <button type="button" class="btn btn-link signing-remove" data-action="remove"
            ng-attr-aria-label="{{ t('removeMetadata', $index + 1) }}" ng-click="page.removeMetadata($index)">
            <span class="glyphicon glyphicon-remove" aria-hidden="true"></span>
          </button>
        </div>
        <button type="button" class="btn btn-default" data-action="add-metadata" ng-click="page.addMetadata()">
          <span class="glyphicon glyphicon-plus" aria-hidden="true"></span> {{ t('addMetadata') }}
        </button>
      </div>
    </details>`,

  'signing/summary': `
    <section class="signing-summary" ng-attr-aria-labelledby="{{ page.id }}-summary">
      <h4 ng-attr-id="{{ page.id }}-summary">{{ page.summary.title || t('request') }}</h4>
      <p class="signing-lines" ng-if="page.vars.description">{{ page.vars.description }}</p>
      <dl class="signing-details">
        <div>
          <dt>{{ t('status') }}</dt>
          <dd data-fact="status">{{ page.summary.status }}</dd>
        </div>
        <div ng-if="page.vars.signaturesRequested >= 0">
          <dt>{{ t('signatures') }}</dt>
          <dd data-fact="signatures">
            {{ t('signaturesOf', page.vars.signaturesCompleted || 0, page.vars.signaturesRequested) }}
          </dd>
        </div>
        <div ng-repeat="name in ['dueDate', 'lastCheckAt', 'nextCheckAt', 'nextNoticeAt']" ng-if="page.vars[name]">
          <dt>{{ t(name) }}</dt>
          <dd data-fact="{{ name }}">
            {{ page.formatDateTime(page.vars[name]) }}
            <small ng-if="name === 'nextCheckAt' && page.isDue(page.vars[name])">{{ t('checkIsDue') }}</small>
          </dd>
        </div>
        <div ng-if="page.vars.escalatedTo">
          <dt>{{ t('escalatedTo') }}</dt>
          <dd data-fact="escalatedTo">{{ page.vars.escalatedTo }}</dd>
        </div>
      </dl>
      <h5>{{ t('participants') }}</h5>
      <ul class="signing-people">
        <li ng-repeat="person in page.summary.participants" data-participant="{{ person.handle }}">
          <span class="signing-initials" aria-hidden="true">{{ person.initials }}</span>
          <span class="signing-line">
            <span class="signing-person">
              <span class="signing-number" ng-if="person.position">{{ person.position }}.</span>
              <strong ng-if="person.name">{{ person.name }}</strong> <span>{{ person.handle }}</span>
            </span>
            <span class="signing-role">{{ t(person.isSigner ? 'role_signer' : 'role_watcher') }}</span>
            <span class="signing-state">
              <span class="signing-badge" ng-if="person.state" data-state="{{ person.state }}">{{ t('state_' + person.state) }}</span>
              <time ng-if="person.signature.signedAt" ng-attr-datetime="{{ person.signature.signedAt }}"
                title="{{ page.formatDateTime(person.signature.signedAt) }}">{{ page.formatAgo(person.signature.signedAt) }}</time>
              <span class="sr-only" ng-if="person.signature.signedAt">({{ page.formatDateTime(person.signature.signedAt) }})</span>
            </span>
          </span>
        </li>
      </ul>
      <p ng-if="page.summary.doubt">{{ t(page.summary.doubt) }}</p>
      <p ng-repeat="signature in page.summary.otherSignatures">
        {{ t('alsoSigned', signature.signedBy || '?') }}
        <span ng-if="signature.signedAt">({{ page.formatDateTime(signature.signedAt) }})</span>
      </p>
      <h5>{{ t('documents') }}</h5>
      <p ng-if="!page.summary.documents.length">{{ t('noDocuments') }}</p>
      <ol class="signing-documents" ng-if="page.summary.documents.length">
        <li ng-repeat="document in page.summary.documents">
          <span class="signing-number" aria-hidden="true">{{ $index + 1 }}.</span>
          <span class="signing-file">
            <a ng-href="{{ document.url }}" download="{{ document.name }}" ng-click="page.download($event, document)"
              ng-attr-aria-label="{{ t('download', document.name) }}">{{ document.name }}</a>
            <span class="signing-size" ng-if="document.size >= 0">{{ page.formatSize(document.size) }}</span>
          </span>
        </li>
      </ol>
      <p ng-if="page.summary.url">
        <a ng-href="{{ page.summary.url }}" target="_blank" rel="noopener noreferrer" data-action="open-in-signspace">
          <span class="glyphicon glyphicon-new-window" aria-hidden="true"></span>
          {{ t('openInSignSpace') }} <span class="sr-only">{{ t('newWindow') }}</span>
        </a>
      </p>
    </section>`,

  // the confirmation of a decision that cannot be undone
  'signing/confirm': `
    <div class="signing-confirm" role="alertdialog" tabindex="-1" ng-if="page.asking"
      ng-attr-aria-labelledby="{{ page.id }}-asking" ng-keydown="$event.key === 'Escape' && page.stopAsking()">
      <p ng-attr-id="{{ page.id }}-asking">{{ t(page.asking.question) }}</p>
      <button type="button" class="btn btn-danger" data-action="yes" ng-disabled="page.isLocked()"
        ng-click="page.send(page.asking.decision)">{{ t(page.asking.yes) }}</button>
      <button type="button" class="btn btn-default" data-action="back" ng-click="page.stopAsking()">
        {{ t('back') }}
      </button>
    </div>`,
};

signing.STYLES = `
  .signing { position: relative; z-index: 1001; padding-bottom: 30px; font-size: 14px; } /* above the overlay of an unclaimed form, so that it can be read */
  .signing fieldset { min-width: 0; }
  .signing [role] { scroll-margin: 60px; } /* Tasklist's header and footer cover parts of the page */
  .signing [role="status"]:focus, .signing [role="alert"]:focus { outline: none; }
  .signing .btn:focus-visible, .signing a:focus-visible, .signing summary:focus-visible,
  .signing input[type="file"]:focus-visible + label { outline: 3px solid #1a73e8; outline-offset: 2px; }
  .signing .control-label { margin-bottom: 4px; }
  .signing .help-block { margin-bottom: 0; color: #5a5a5a; }
  .signing .help-block.signing-error, .signing .signing-error { color: #a02622; font-weight: 600; }
  .signing .signing-label { display: block; font-weight: 700; margin-bottom: 5px; }
  .signing .signing-lines { white-space: pre-line; overflow-wrap: anywhere; }
  .signing [role="status"] .alert, .signing [role="alert"] .alert { margin: 15px 0 0; }
  .signing .signing-busy { font-size: 16px; padding: 10px 0; }
  .signing .signing-problem { border: 1px solid #e0b4b2; border-left: 5px solid #b5332e; background: #fdf3f2;
    padding: 10px 15px; margin-bottom: 20px; }
  .signing .signing-problem h4 { margin-top: 0; color: #8f2622; font-weight: 700; }
  .signing .signing-problem p { margin: 0; }
  .signing .signing-documents, .signing .signing-people { list-style: none; padding: 0; margin: 0 0 10px; }
  .signing-timeline { margin-top: 15px; }
  .signing .signing-documents li, .signing .signing-people li { display: flex; align-items: center; gap: 8px;
    padding: 6px 0; border-bottom: 1px solid #e4e4e4; }
  .signing .signing-number { min-width: 1.6em; color: #5a5a5a; }
  .signing .signing-file, .signing .signing-person { flex: 1 1 12em; min-width: 0; overflow-wrap: anywhere; }
  .signing .signing-size { margin-left: 8px; color: #5a5a5a; white-space: nowrap; }
  .signing .signing-tools { white-space: nowrap; }
  .signing .signing-tools .btn, .signing .signing-remove { padding: 4px 8px; }
  .signing .signing-drop { border: 2px dashed #b9b9b9; border-radius: 4px; padding: 12px; background: #fafafa; }
  .signing [draggable] { cursor: grab; }
  .signing .signing-drop.signing-over, .signing [draggable].signing-over { border-color: #1a73e8; background: #eef4fe; }
  .signing .signing-drop label { margin: 0; }
  .signing .signing-hint { margin-left: 8px; color: #5a5a5a; }
  .signing .signing-participant, .signing .signing-row { display: flex; flex-wrap: wrap; align-items: flex-start;
    gap: 8px 12px; }
  .signing .signing-participant { padding: 10px 0; border-bottom: 1px solid #e4e4e4; margin-bottom: 10px; }
  .signing .signing-cell { flex: 1 1 11em; min-width: 0; }
  .signing .signing-cell.signing-middle { flex: 0 1 10.5em; }
  .signing .signing-cell.signing-narrow { flex: 0 0 4.5em; }
  @media (max-width: 600px) { .signing .signing-cell.signing-wide { flex-basis: 100%; } }
  .signing .signing-cell small { font-weight: 400; }
  .signing .signing-remove { align-self: flex-start; margin-top: 27px; }
  .signing .alert .btn { margin: 4px 0 0 8px; }
  .signing .signing-restored .alert { margin: 0 0 15px; }
  .signing .signing-options { border-top: 1px solid #e4e4e4; padding-top: 10px; margin-top: 15px; }
  .signing .signing-options .form-control { max-width: 40em; }
  .signing .signing-day { max-width: 14em; }
  .signing .signing-options summary { cursor: pointer; font-weight: 700; display: list-item; margin-bottom: 10px; }
  .signing .signing-summary { margin-bottom: 20px; }
  .signing .signing-summary h4 { font-weight: 700; overflow-wrap: anywhere; }
  .signing .signing-summary h5 { font-weight: 700; margin: 18px 0 4px; }
  .signing .signing-details { display: flex; flex-wrap: wrap; gap: 10px 32px; margin: 12px 0; }
  .signing .signing-details dt { font-weight: 400; color: #5a5a5a; }
  .signing .signing-details dd { font-weight: 600; }
  .signing .signing-initials { flex: none; width: 32px; line-height: 32px; border-radius: 50%; background: #e3e8ef;
    color: #33475b; font-size: 12px; font-weight: 600; text-align: center; }
  .signing .signing-line { flex: 1; min-width: 0; display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 16px; }
  .signing .signing-line .signing-person { flex: 4 1 16em; }
  .signing .signing-role { flex: 0 0 6.5em; color: #5a5a5a; }
  .signing .signing-state { flex: 1 0 12em; color: #444; }
  .signing .signing-state time { display: inline-block; }
  .signing .signing-badge { display: inline-block; padding: 1px 10px; margin-right: 6px; border-radius: 10px; background: #e8e8e8; color: #333; }
  .signing .signing-badge[data-state="signed"] { background: #dff0df; color: #1f5f23; }
  .signing .signing-badge[data-state="next"] { background: #dce9fb; color: #14488f; }
  .signing .signing-badge[data-state="declined"], .signing .signing-badge[data-state="signedFormer"] { background: #fbe3e1; color: #8f2622; }
  .signing .signing-confirm { border: 2px solid #b5332e; border-radius: 4px; padding: 12px 15px; margin: 10px 0; }
  .signing .btn-danger { background: #b5332e; border-color: #8f2622; } /* Tasklist's own red has too little contrast with white */
  .signing .signing-decisions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 15px; }
  .signing .signing-replace { border: 1px solid #d0d0d0; border-radius: 4px; padding: 12px 15px; margin: 15px 0; }
`;

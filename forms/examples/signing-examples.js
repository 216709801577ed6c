// The texts of the example forms and the code that loads them; everything else in these forms is plain Camunda.

signing.exampleTexts = {
  en: {
    employeeName: 'Name of the employee',
    employeeEmail: 'E-mail address of the employee',
    employerEmail: 'E-mail address of the person who signs for the employer',
    contract: 'Contract (PDF)',
    approved: 'Is the contract correct?',
    approvedYes: 'Yes, have it signed',
    approvedNo: 'No, reject it',
    signedContract: 'Signed contract',
    archivePlace: 'Where it is archived',
    partnerName: 'Partner',
    partnerEmail: 'E-mail address of the person who signs for the partner',
    ownEmail: 'E-mail address of the person who signs for us',
    agreement: 'Agreement (PDF)',
    sendAgain: 'What do you want to do?',
    sendAgainYes: 'Send it again',
    sendAgainNo: 'Give up',
  },
  fi: {
    employeeName: 'Työntekijän nimi',
    employeeEmail: 'Työntekijän sähköpostiosoite',
    employerEmail: 'Työnantajan puolesta allekirjoittavan sähköpostiosoite',
    contract: 'Sopimus (PDF)',
    approved: 'Onko sopimus kunnossa?',
    approvedYes: 'Kyllä, lähetetään allekirjoitettavaksi',
    approvedNo: 'Ei, hylätään',
    signedContract: 'Allekirjoitettu sopimus',
    archivePlace: 'Mihin se arkistoidaan',
    partnerName: 'Kumppani',
    partnerEmail: 'Kumppanin puolesta allekirjoittavan sähköpostiosoite',
    ownEmail: 'Meidän puolestamme allekirjoittavan sähköpostiosoite',
    agreement: 'Sopimus (PDF)',
    sendAgain: 'Mitä nyt?',
    sendAgainYes: 'Lähetetään uudelleen',
    sendAgainNo: 'Luovutaan',
  },
  sv: {
    employeeName: 'Den anställdas namn',
    employeeEmail: 'Den anställdas e-postadress',
    employerEmail: 'E-postadress till den som undertecknar för arbetsgivaren',
    contract: 'Avtal (PDF)',
    approved: 'Är avtalet som det ska vara?',
    approvedYes: 'Ja, låt underteckna det',
    approvedNo: 'Nej, avslå det',
    signedContract: 'Undertecknat avtal',
    archivePlace: 'Var det arkiveras',
    partnerName: 'Partner',
    partnerEmail: 'E-postadress till den som undertecknar för partnern',
    ownEmail: 'E-postadress till den som undertecknar för oss',
    agreement: 'Avtal (PDF)',
    sendAgain: 'Vad nu?',
    sendAgainYes: 'Skicka det igen',
    sendAgainNo: 'Ge upp',
  },
};

/** Shows an example form in the browser's language, and prevents sending it without its document. */
signing.openExample = (camForm, $scope) => {
  const form = camForm.formElement[0];
  Object.entries(signing.exampleTexts).forEach(([language, texts]) => Object.assign(signing.texts[language], texts));
  // AngularJS does not detect a chosen file: a `required` file field would stay invalid
  camForm.on('submit', () => {
    const missing = Array.from(form.querySelectorAll('input[type="file"]')).find(({ files }) => !files.length);
    $scope.isDocumentMissing = Boolean(missing);
    camForm.submitPrevented = Boolean(missing);
    if (missing) missing.focus();
  });
  $scope.$apply(() => {
    $scope.t = signing.t;
    signing.setup(form);
  });
};

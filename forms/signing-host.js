// What a form needs of the page that shows it, its host. Only this file names the API of Tasklist. A page of another kind makes an
// object like the one below, and calls signing.show with it.

/** Opens a form in Tasklist; the loader in its HTML calls this. */
signing.open = (camForm, $scope) => signing.show(signing.tasklist(camForm, $scope));

/**
 * Tasklist of Camunda 7, or of an engine that has kept its forms.
 *
 * @param camForm the form of Camunda's SDK, with the task or the process definition it belongs to; Fluxnova calls it fxnForm
 * @param $scope the AngularJS scope of the form
 */
signing.tasklist = (camForm, $scope) => {
  const { $root } = $scope;
  const injector = camForm.formElement.injector();
  const $location = injector.get('$location');
  const { client, taskId, processDefinitionId } = camForm;

  // like Camunda's own, but with the client's promise: its callback is never called if there is no response
  camForm.submitVariables = (done) => {
    const sent = { id: taskId || processDefinitionId, variables: camForm.parseVariables() };
    const businessKey = camForm.formElement[0].querySelector('[name="businessKey"]');
    if (businessKey && businessKey.value) sent.businessKey = businessKey.value;
    const resource = client.resource(taskId ? 'task' : 'process-definition');
    resource.submitForm(sent).then((result) => done(null, result), done);
  };
  if ($scope.options) $scope.options.hideCompleteButton = true; // the forms have their own buttons

  return {
    form: camForm.formElement[0],
    $scope,
    engineUrl: client.baseUrl,
    taskId, // undefined in a start form
    processDefinitionId,
    user: ($root.authentication || {}).name,
    templates: injector.get('$templateCache'),
    /** Whether the user has not claimed the task. */
    isUnclaimed: () => Boolean($scope.options && $scope.options.disableForm),

    /** Completes the form with what `onSubmit` returns. */
    submit: () => ($scope.complete ? $scope.complete() : camForm.submit()),
    /** `variables` returns what is to be sent; undefined if nothing can be sent yet. */
    onSubmit(variables) {
      camForm.on('submit', () => {
        const sent = variables();
        camForm.submitPrevented = !sent;
        if (sent) sent.forEach((variable) => camForm.variableManager.createVariable(variable));
      });
    },
    onSent: (listener) => camForm.on('submit-success', listener),
    /** `listener` gets the error, with the HTTP status if there was a response. */
    onFailed: (listener) => camForm.on('submit-failed', (_, [error]) => listener(error)), // the SDK passes the form and a list
    onStore: (listener) =>
      camForm.on('store', () => {
        camForm.storePrevented = true;
        listener();
      }),

    /** The task that the user has opened, and undefined if none. */
    openedTask: () => $location.search().task,
    openTask: (task) => $root.$applyAsync(() => $location.search({ ...$location.search(), task })),
    claim: (task) => new Promise((resolve) => client.resource('task').claim(task, ($root.authentication || {}).name, resolve)),

    /** Asks the user to log in; the form is opened again afterwards. */
    logIn: () =>
      $root.$applyAsync(() => {
        $root.$broadcast('authentication.changed', null);
        $root.authentication = null;
        $root.$broadcast('authentication.login.required');
      }),
    /** Returns a function that removes the listener. */
    onLogout: (listener) => $root.$on('authentication.logout.success', listener),
  };
};

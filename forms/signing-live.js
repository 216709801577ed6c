// Keeps an open form up to date, and finds the task that follows it.

/** How often an open form is refreshed, in milliseconds. */
signing.POLL_INTERVAL = 10_000;

/** Calls `refresh` at intervals, and when the user returns to the page, until the form is removed. */
signing.watch = (form, refresh) => {
  const refreshIfVisible = () => {
    if (form.isConnected) return document.hidden || refresh();
    clearInterval(timer);
    document.removeEventListener('visibilitychange', refreshIfVisible);
  };
  const timer = setInterval(refreshIfVisible, signing.POLL_INTERVAL);
  document.addEventListener('visibilitychange', refreshIfVisible);
};

/** Waits up to half a minute for the task that follows a completed one; undefined if there is none or it is no longer wanted. */
signing.nextTask = async (engineUrl, task, isWanted) => {
  for (let attempt = 0; attempt < 60 && isWanted(); attempt++) {
    const tasks = signing.get(`${engineUrl}/task?processInstanceId=${task.processInstanceId}`);
    const isNext = ({ id, taskDefinitionKey }) => id !== task.id && taskDefinitionKey !== 'userTask_remindSigners';
    const next = (await (await tasks).json()).find(isNext);
    if (next) return next;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return undefined;
};

/** Describes a failure for users who do not know HTTP. */
signing.reasonOf = (error) => {
  const status = error.status || (error.response || {}).status;
  if (status === 413 || error instanceof RangeError) return signing.t('tooMuch');
  if (!status) return signing.t('noResponse');
  if (status === 401) return signing.t('loggedOut');
  if (status === 403) return signing.t('forbidden');
  return status >= 500 ? signing.t('serverError', status) : signing.describeProblem(error.message);
};

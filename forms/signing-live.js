// A form that stays open while the world goes on, and the task that comes after it.

/** How often an open form looks whether it still tells the truth, in milliseconds. */
signing.LOOK_AGAIN = 10_000;

/** Looks again from time to time, and at once when the user comes back to the page, as long as the form is there. */
signing.watch = (form, look) => {
  const lookIfSeen = () => {
    if (form.isConnected) return document.hidden || look();
    clearInterval(timer);
    document.removeEventListener('visibilitychange', lookIfSeen);
  };
  const timer = setInterval(lookIfSeen, signing.LOOK_AGAIN);
  document.addEventListener('visibilitychange', lookIfSeen);
};

/** The task that takes the place of one that is done, awaited for half a minute; undefined if none comes or nobody cares. */
signing.nextTask = async (engineUrl, task, isWanted) => {
  for (let attempt = 0; attempt < 60 && isWanted(); attempt++) {
    const tasks = signing.get(`${engineUrl}/task?processInstanceId=${task.processInstanceId}`);
    const next = (await (await tasks).json()).find(({ id }) => id !== task.id);
    if (next) return next;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return undefined;
};

/** Why something did not work, for somebody who knows no HTTP. */
signing.reasonOf = (error) => {
  const status = error.status || (error.response || {}).status;
  if (status === 413 || error instanceof RangeError) return signing.say('tooMuch');
  if (!status) return signing.say('unanswered');
  if (status === 401) return signing.say('loggedOut');
  if (status === 403) return signing.say('forbidden');
  return status >= 500 ? signing.say('serverTrouble', status) : error.message;
};

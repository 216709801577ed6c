// What has happened to the request. Only engines of this product have the API and the view; elsewhere nothing is shown.

const addressAt = (engineUrl, pattern, path) => new URL(engineUrl.replace(pattern, path), document.baseURI).pathname;

/** The address of the request in the REST API for integrators. */
const requestAt = (engineUrl, instance) =>
  addressAt(engineUrl, /\/[^/]+\/api\/engine\/.*$/, `/api/signing-requests/${encodeURIComponent(instance)}`);

/** Waits up to half a minute for the end of a request that all have signed; false if that does not come. */
signing.endsAsSigned = async (engineUrl, instance, isWanted) => {
  const request = requestAt(engineUrl, instance);
  for (let attempt = 0; attempt < 30 && isWanted(); attempt++) {
    const response = await fetch(request, { credentials: 'same-origin', cache: 'no-store' });
    if (!response.ok) return false; // another engine
    if ((await response.json()).status === 'signed') return true;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return false;
};

signing.showTimeline = async (form, engineUrl, instance) => {
  const view = '/api/tasklist/plugin/signed-documents/static/app/timeline.js';
  try {
    const { timeline } = await import(addressAt(engineUrl, /\/api\/engine\/.*$/, view));
    form.append(timeline(requestAt(engineUrl, instance)));
  } catch {
    // another engine
  }
};

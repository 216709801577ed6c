// What has happened to the request. Only engines of this product have the API and the view; elsewhere nothing is shown.

signing.showTimeline = async (form, engineUrl, instance) => {
  const at = (path, pattern) => new URL(engineUrl.replace(pattern, path), document.baseURI).pathname;
  const view = at('/api/tasklist/plugin/signed-documents/static/app/timeline.js', /\/api\/engine\/.*$/);
  const request = at(`/api/signing-requests/${encodeURIComponent(instance)}`, /\/[^/]+\/api\/engine\/.*$/);
  try {
    const { timeline } = await import(view);
    form.append(timeline(request));
  } catch {
    // another engine
  }
};

// Identity codes leave the browser only in encrypted form: JWE in compact serialization (RFC 7516) with RSA-OAEP-256 and
// A256GCM, for the application's public key. Only its workers can decrypt them, so forms never show an entered code again.

const bytesOf = (text) => new TextEncoder().encode(text);
const base64Url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');

/** Whether this page can encrypt: browsers support it only on HTTPS and localhost. */
signing.canEncrypt = () => Boolean(window.isSecureContext && window.crypto && window.crypto.subtle);

signing.isEncrypted = (text) => /^[\w-]+(\.[\w-]*){4}$/.test(text);

/** Encrypts a text for a public key in JWK format. */
signing.encrypt = async (text, { kid, ...jwk }) => {
  const { subtle } = window.crypto;
  const header = base64Url(bytesOf(JSON.stringify({ alg: 'RSA-OAEP-256', enc: 'A256GCM', kid })));
  const publicKey = await subtle.importKey('jwk', jwk, { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['wrapKey']);
  const key = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']);
  const wrappedKey = await subtle.wrapKey('raw', key, publicKey, 'RSA-OAEP');
  const iv = window.crypto.getRandomValues(new Uint8Array(12));
  const parameters = { name: 'AES-GCM', iv, additionalData: bytesOf(header), tagLength: 128 };
  const sealed = new Uint8Array(await subtle.encrypt(parameters, key, bytesOf(text)));
  const tag = sealed.length - 16;
  return [header, ...[wrappedKey, iv, sealed.subarray(0, tag), sealed.subarray(tag)].map(base64Url)].join('.');
};

/**
 * Returns the request with all typed codes encrypted; codes that are already encrypted are kept.
 *
 * @param engineUrl the engine's REST API as Tasklist knows it; the keys are published on the same server
 */
signing.withEncryptedNins = async (request, engineUrl) => {
  const typed = (participant) => signing.usesNin(participant, request) && signing.normalizedCode(participant.nin);
  if (!request.participants.some(typed)) return request;
  if (!signing.canEncrypt()) throw new Error(signing.t('ninNeedsHttps'), { cause: 'no WebCrypto' });
  try {
    const url = engineUrl.replace(/\/[^/]+\/api\/engine\/.*$/, '/api/keys');
    const [key] = (await (await signing.get(url)).json()).keys;
    const participants = request.participants.map(async (participant) =>
      typed(participant)
        ? { ...participant, nin: '', encryptedNin: await signing.encrypt(typed(participant), key) }
        : participant,
    );
    return { ...request, participants: await Promise.all(participants) };
  } catch (cause) {
    throw new Error(signing.t('ninNotEncrypted'), { cause });
  }
};

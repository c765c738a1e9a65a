/** The browser's own passkeys, asked for in the service's words and answered in JSON. */

/** What a browser answers where no passkey was used: called off, none there, or too late. */
export class NoPasskey extends Error {}

/** True where this browser has passkeys, and speaks of them in JSON. */
export const hasPasskeys = (): boolean =>
  typeof PublicKeyCredential !== "undefined" &&
  "parseRequestOptionsFromJSON" in PublicKeyCredential &&
  "toJSON" in PublicKeyCredential.prototype;

/** True where the browser offers passkeys in the list of a field's names. */
export const hasAutofill = async (): Promise<boolean> =>
  hasPasskeys() && (await PublicKeyCredential.isConditionalMediationAvailable?.()) === true;

type Options = { flow_token: string; public_key: object };
/** A signature by a passkey, as the service takes it. */
export type Signed = { flow_token: string; credential: Record<string, unknown> };

/** The one question at a time that a browser allows a page: the next one calls it off. */
let asked: AbortController | null = null;

function askAlone(): AbortSignal {
  asked?.abort();
  asked = new AbortController();
  return asked.signal;
}

/** Call off what waits in the list of a field's names. */
export const callOff = (): void => asked?.abort();

async function answered(question: Promise<Credential | null>): Promise<Record<string, unknown>> {
  let given: Credential | null;
  try {
    given = await question;
  } catch (error) {
    // The device has a passkey of the account already: that is no calling off.
    if (error instanceof DOMException && error.name === "InvalidStateError") throw error;
    throw new NoPasskey(undefined, { cause: error });
  }
  if (!(given instanceof PublicKeyCredential)) throw new NoPasskey();
  return { ...given.toJSON() } as Record<string, unknown>;
}

/** Have a challenge signed by a passkey of this device; `isQuiet` waits in a field's list. */
export async function sign(options: Options, isQuiet = false): Promise<Signed> {
  const signal = askAlone();
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options.public_key as PublicKeyCredentialRequestOptionsJSON,
  );
  const mediation = isQuiet ? "conditional" : "optional";
  const credential = await answered(navigator.credentials.get({ publicKey, signal, mediation }));
  return { flow_token: options.flow_token, credential };
}

/** Have this device make a passkey. NoPasskey; an InvalidStateError where it has one. */
export async function make(options: Options): Promise<Signed> {
  const signal = askAlone();
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options.public_key as unknown as PublicKeyCredentialCreationOptionsJSON,
  );
  const credential = await answered(navigator.credentials.create({ publicKey, signal }));
  return { flow_token: options.flow_token, credential };
}

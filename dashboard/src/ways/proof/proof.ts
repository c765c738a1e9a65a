/** The proof that the service asks for before a way in is changed (403 `PROOF_REQUIRED`). */
import { ApiError } from "../../api/errors";

type Question = { given: () => void; givenUp: () => void };

let open: Question | null = null;
const listeners = new Set<() => void>();

function show(question: Question | null): void {
  open = question;
  for (const listener of listeners) listener();
}

/** The question that waits for an answer, for the sheet that asks it. */
export const proofAsked = {
  now: () => open,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

const isAskedFor = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.code === "PROOF_REQUIRED";

/** Open the sheet; rejects with the refusal where it is closed without a proof. */
function askForProof(refusal: Error): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (go: () => void) => () => {
      show(null);
      go();
    };
    show({ given: end(resolve), givenUp: end(() => reject(refusal)) });
  });
}

/** Send a change of a way in; where it needs a proof, ask for one and send it again. */
export async function proven<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (refusal) {
    if (!isAskedFor(refusal)) throw refusal;
    await askForProof(refusal);
    return send();
  }
}

/**
 * The last answers of this tab, kept over a reload for the moment in which nothing more may
 * be asked: who reloads ten times in a minute sees what was known a moment ago, and is asked
 * to wait for nothing. They end with the tab, and with the sign-in.
 */
const PREFIX = "focusguard-answer:";
/** The age up to which an answer is better than none: milliseconds; a minute's limit is over. */
const WORTH = 120_000;
/** The longest answer that is kept: characters. The browser keeps five million for us. */
const LONGEST = 200_000;

type Kept = { user: string; round: number; at: number; data: unknown };
/** Whose answer it is, and the last change before it was asked for. */
type Asked = Pick<Kept, "user" | "round">;

function names(): string[] {
  return Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX));
}

export const lastAnswers = {
  keep(name: string, asked: Asked, data: unknown): void {
    const kept = JSON.stringify({ ...asked, at: Date.now(), data } satisfies Kept);
    try {
      if (kept.length > LONGEST) sessionStorage.removeItem(PREFIX + name);
      else sessionStorage.setItem(PREFIX + name, kept);
    } catch {
      // Refused or full: the next page has to ask.
    }
  },

  /** The answer to this user since the last change; undefined where it is too old, or none. */
  of(name: string, { user, round }: Asked): unknown {
    try {
      const kept = JSON.parse(sessionStorage.getItem(PREFIX + name) ?? "") as Kept;
      const age = Date.now() - kept.at;
      const holds = kept.user === user && kept.round >= round && age >= 0 && age < WORTH;
      return holds ? kept.data : undefined;
    } catch {
      return undefined;
    }
  },

  forget(): void {
    try {
      for (const name of names()) sessionStorage.removeItem(name);
    } catch {
      // What was refused is not there.
    }
  },
};

import { useEffect, useState } from "react";

import { text } from "../text";

const words = text.importing.states;
const TOLD = {
  reading: [words.reading, words.readingText],
  applying: [words.applying, words.applyingText],
  undoing: [words.undoing, words.undoingText],
} as const;
/** When it is said that it takes long: milliseconds. */
const LONG = 20_000;

type Props = { status: keyof typeof TOLD };

/** What the service is busy with; the page may be left meanwhile. */
export function Working({ status }: Props) {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), LONG);
    return () => clearTimeout(timer);
  }, []);
  const [title, about] = TOLD[status];
  return (
    <section className="card import-working" role="status">
      <h2>{title}</h2>
      <progress aria-label={title} />
      <p className="soft">{isSlow ? words.slow : about}</p>
    </section>
  );
}

import { useState } from "react";

type Props = { value: string; label: string; done: string };

/** A button that copies something, and says so. */
export function Copy({ value, label, done }: Props) {
  const [isDone, setDone] = useState(false);
  const copy = () =>
    // Refused, as by a browser without it: the value stands beside, to be copied by hand.
    void navigator.clipboard?.writeText(value).then(
      () => setDone(true),
      () => setDone(false),
    );
  return (
    <button type="button" className="button plain small" onClick={copy}>
      <span role="status">{isDone ? done : label}</span>
    </button>
  );
}

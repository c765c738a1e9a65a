import { useSyncExternalStore } from "react";

import { text } from "../text";
import { kindName } from "../text/kindName";

type Drawings = typeof import("./species");

let drawings: Drawings | undefined;
const waiting = new Set<() => void>();
/** The drawings are a file of their own: Today's first script waits for none of them. */
export const drawingsLoaded: Promise<Drawings | undefined> = import("./species").then(
  (loaded) => {
    drawings = loaded;
    for (const tell of waiting) tell();
    return loaded;
  },
  // A plant that could not be loaded is soil, until the page is opened anew.
  () => undefined,
);

const subscribe = (tell: () => void) => {
  waiting.add(tell);
  return () => waiting.delete(tell);
};
const useDrawings = () => useSyncExternalStore(subscribe, () => drawings);

type Props = {
  kind: string;
  stage: number;
  state?: string;
  label?: string;
  /** Whether it stands on soil of its own; in a landscape it does not. */
  soil?: boolean;
};

/** A plant; `label` replaces its text for screen readers, and "" makes it a decoration. */
export function Plant({ kind, stage, state = "grown", label, soil = true }: Props) {
  const found = useDrawings();
  const said = label ?? text.garden.alt(kindName(kind), text.garden.states[state] ?? state, stage);
  const name = said === "" ? { "aria-hidden": true } : { role: "img", "aria-label": said };
  const drawn = found?.drawn(kind, stage, state === "withered") ?? "";
  return (
    <svg viewBox="0 0 120 140" className="plant" {...name}>
      {soil && <ellipse cx="60" cy="129" rx="38" ry="7" fill="var(--soil)" />}
      {/* Text of our own alone: a kind from the API is only the name by which it is found. */}
      <g dangerouslySetInnerHTML={{ __html: drawn }} />
    </svg>
  );
}

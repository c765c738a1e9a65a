import { type ComponentType, useEffect, useState } from "react";

import { loadPagesText } from "../text/load";
import { socketAddress } from "./socketAddress";

/** Run once the page stands; a browser without idle moments runs it soon. */
function onceIdle(run: () => void): void {
  if ("requestIdleCallback" in window) window.requestIdleCallback(run, { timeout: 2_000 });
  else setTimeout(run, 200);
}

/**
 * The place of the live mark. Its script, which holds the socket, is loaded after all that the
 * first page needs; where it does not come, the pages go on polling.
 */
export function LiveSlot() {
  const [Mark, setMark] = useState<ComponentType | null>(null);
  useEffect(() => {
    if (socketAddress() === null) return;
    let isLeft = false;
    const load = () =>
      void loadPagesText()
        .then(() => import("./LiveMark"))
        .then(({ LiveMark }) => !isLeft && setMark(() => LiveMark))
        .catch(() => undefined);
    onceIdle(load);
    window.addEventListener("online", load);
    return () => {
      isLeft = true;
      window.removeEventListener("online", load);
    };
  }, []);
  return Mark && <Mark />;
}

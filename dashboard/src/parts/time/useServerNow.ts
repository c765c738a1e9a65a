import { useEffect, useState } from "react";

import { clock } from "../../api/clock";
import { onTick } from "./ticks";

/** The server's time in milliseconds, anew four times a second while `running`. */
export function useServerNow(running: boolean): number {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    if (!running) return;
    const tick = () => setNow(clock.now());
    tick();
    return onTick(tick);
  }, [running]);
  return now;
}

import { useEffect, useState } from "react";

import { text } from "../../text";
import { isMute } from "../alarm/alarm";
import { onPermission } from "../alarm/notifications";
import { onTouch } from "../alarm/sound";

/** The hint that the browser plays no sound before a click. */
export function Mute() {
  const [mute, setMute] = useState(false);
  useEffect(() => {
    const look = () => void isMute().then(setMute);
    look();
    const quits = [onTouch(look), onPermission(look)];
    return () => quits.forEach((quit) => quit());
  }, []);
  return (
    <p className="hint" role="status">
      {mute && text.focus.mute}
    </p>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { Tooltip } from "../parts/floating/Tooltip";
import { text } from "../text";
import { keepLive } from "./keepLive";
import { useWhyNotLive } from "./liveness";
import "./live.css";

const words = text.live;

/** The mark of a browser that hears changes at once; of one that does not, with the reason. */
export function LiveMark() {
  const client = useQueryClient();
  useEffect(() => keepLive(client), [client]);
  const why = useWhyNotLive();
  // The mark of a device without a network says that already.
  if (why === "connecting" || why === "offline") return null;
  return (
    <div className="live-mark">
      <Tooltip words={why === null ? words.everywhere : `${words.polling} ${words.why[why]}`}>
        <button type="button" className={why === null ? "on" : undefined}>
          <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
            <circle cx="5" cy="5" r="3.5" />
          </svg>
          <span className="word">{why === null ? words.live : words.notLive}</span>
        </button>
      </Tooltip>
    </div>
  );
}

import { useSyncExternalStore } from "react";

import { text } from "../text";
import { newerBuild } from "./shell";
import "./offline.css";

const words = text.offline;

/** The notice of a newer build, which is loaded on a click and never by itself. */
export function NewerBuild() {
  const isThere = useSyncExternalStore(newerBuild.subscribe, newerBuild.snapshot);
  return (
    <div className="newer-build" role="status">
      {isThere && (
        <>
          <span>{words.newer}</span>
          <button type="button" className="button plain" onClick={newerBuild.take}>
            {words.takeNewer}
          </button>
        </>
      )}
    </div>
  );
}

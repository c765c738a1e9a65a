import { useEffect, useState, useSyncExternalStore } from "react";

import { useShortcut } from "../../parts/keys/shortcuts";
import { text } from "../../text";
import { SoundTool } from "../ambient/SoundTool";
import { Tool } from "./Tool";
import { miniWindow } from "../window/miniWindow";

const words = text.running;

/** What a session can be done with: its sound, its mini window, the full screen. */
export function Tools() {
  return (
    <div className="tools">
      <SoundTool />
      <MiniTool />
      <FullScreenTool />
    </div>
  );
}

function MiniTool() {
  const mini = useSyncExternalStore(miniWindow.subscribe, miniWindow.snapshot);
  const isOpen = mini !== null;
  const toggle = () => (isOpen ? miniWindow.close() : miniWindow.open());
  useShortcut("w", words.miniWindow, miniWindow.isThere ? toggle : null);
  if (!miniWindow.isThere) return null;
  return (
    <Tool
      label={isOpen ? words.closeMiniWindow : words.miniWindow}
      pressed={isOpen}
      onClick={toggle}
    >
      <path d="M20 11V7a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h5M13 14h8v6h-8Z" />
    </Tool>
  );
}

function FullScreenTool() {
  const [isFull, setFull] = useState(() => document.fullscreenElement !== null);
  useEffect(() => {
    const look = () => setFull(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", look);
    return () => document.removeEventListener("fullscreenchange", look);
  }, []);
  if (!document.fullscreenEnabled) return null;
  const toggle = () => {
    const done = isFull
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen({ navigationUI: "hide" });
    // Refused by a browser or a frame around it: the page stays as it is.
    done.catch(() => undefined);
  };
  return (
    <Tool
      label={isFull ? words.leaveFullScreen : words.fullScreen}
      pressed={isFull}
      onClick={toggle}
    >
      {isFull ? (
        <path d="M9 4v5H4m11-5v5h5M9 20v-5H4m11 5v-5h5" />
      ) : (
        <path d="M4 9V4h5m6 0h5v5m0 6v5h-5m-6 0H4v-5" />
      )}
    </Tool>
  );
}

import { useState } from "react";

import { text } from "../text";

const words = text.focus;
const KEPT = "focusguard-bell";

const wanted = () => localStorage.getItem(KEPT) === "on";

/** Whether to be told when the time is up: a notification where allowed, and a sound. */
export function Bell() {
  const [on, setOn] = useState(wanted);
  const [denied, setDenied] = useState(false);
  const change = async (now: boolean) => {
    localStorage.setItem(KEPT, now ? "on" : "off");
    setOn(now);
    if (now && "Notification" in window) {
      setDenied((await Notification.requestPermission()) !== "granted");
    }
  };
  return (
    <div>
      <label className="check">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => void change(event.target.checked)}
        />
        <span>
          {words.tellMe} <span className="soft">{words.tellMeHint}</span>
        </span>
      </label>
      {denied && <p className="soft">{words.tellMeDenied}</p>}
    </div>
  );
}

/** Say that `minutes` are over, if that is wanted. */
export function ring(minutes: number): void {
  if (!wanted()) return;
  if ("Notification" in window && Notification.permission === "granted") {
    new Notification(words.notification, {
      body: words.notificationBody(minutes),
      tag: "focusguard",
    });
  }
  const audio = new AudioContext();
  for (const [n, pitch] of [523.25, 659.25, 783.99].entries()) {
    const at = audio.currentTime + n * 0.22;
    const volume = audio.createGain();
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.12, at + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 1.1);
    const tone = new OscillatorNode(audio, { frequency: pitch });
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 1.2);
  }
  setTimeout(() => void audio.close(), 2500);
}

/**
 * The ambient sound of a running session: it plays in one tab alone, the one where it was
 * asked for last. Its failures never break a page.
 */
import { type Channel, openChannel } from "../../api/tabs/channel";
import type { Sound } from "./noise";
import type { Playing } from "./player";

export type AmbientState = {
  sound: Sound | null;
  /** `stuck` where the browser plays nothing before the next touch, `failed` without its script. */
  is: "off" | "loading" | "playing" | "stuck" | "failed";
};

/** Milliseconds between two looks at whether the clock of the sound goes on. */
const LOOK_INTERVAL = 4_000;
const TOUCHES = ["pointerup", "keydown"];
const OFF: AmbientState = { sound: null, is: "off" };

type Player = { play: typeof import("./player").play };

export class Ambient {
  private state = OFF;
  private readonly listeners = new Set<() => void>();
  private context: AudioContext | null = null;
  private playing: Playing | null = null;
  private volume = 0;
  private heardAt = -1;
  private looks: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly load: () => Promise<Player> = () => import("./player"),
    private readonly channel: Channel = openChannel("focusguard-ambient"),
  ) {
    // Two tabs with one rain sound like a fault.
    channel.onmessage = () => this.stop(0.4);
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  readonly snapshot = () => this.state;

  /** Begin; called inside of a click, since some browsers let no sound begin later. */
  play(sound: Sound, volume: number): void {
    this.volume = volume;
    if (this.state.sound === sound && this.state.is === "playing") return this.setVolume(volume);
    this.drop(0.4);
    this.channel.postMessage("playing");
    void this.begin(sound);
  }

  setVolume(volume: number): void {
    this.volume = volume;
    this.playing?.setVolume(volume);
  }

  /** Fade out within so many seconds. */
  stop(seconds: number): void {
    if (this.state.is === "off") return;
    this.drop(seconds);
    this.say(OFF);
  }

  private async begin(sound: Sound): Promise<void> {
    const context = openContext();
    this.context = context;
    this.say({ sound, is: "loading" });
    if (context === null) return this.say({ sound, is: "failed" });
    try {
      const { play } = await this.load();
      if (this.context !== context) return;
      this.playing = play(context, sound, this.volume);
    } catch {
      if (this.context !== context) return;
      this.drop(0);
      return this.say({ sound, is: "failed" });
    }
    context.onstatechange = this.wake;
    document.addEventListener("visibilitychange", this.wake);
    for (const kind of TOUCHES) window.addEventListener(kind, this.wake);
    this.heardAt = -1;
    this.looks = setInterval(this.look, LOOK_INTERVAL);
    this.say({ sound, is: context.state === "running" ? "playing" : "stuck" });
  }

  /** Resume after a call, a headset that was taken off, or a touch that allows it. */
  private readonly wake = (): void => {
    const { context } = this;
    const { sound } = this.state;
    if (context === null || sound === null || this.playing === null) return;
    if (context.state === "running") {
      if (this.state.is === "stuck") this.say({ sound, is: "playing" });
    } else if (context.state !== "closed") {
      void context.resume().catch(() => undefined);
    }
  };

  /** After a call iOS leaves contexts that say "running", and whose clock stands still. */
  private readonly look = (): void => {
    const { context, heardAt } = this;
    const { sound } = this.state;
    if (context === null || sound === null) return;
    if (context.state !== "running") {
      if (this.state.is === "playing") this.say({ sound, is: "stuck" });
      this.wake();
    } else if (context.currentTime === heardAt) {
      this.drop(0);
      void this.begin(sound);
    } else {
      this.heardAt = context.currentTime;
    }
  };

  private drop(seconds: number): void {
    clearInterval(this.looks);
    document.removeEventListener("visibilitychange", this.wake);
    for (const kind of TOUCHES) window.removeEventListener(kind, this.wake);
    const { context, playing } = this;
    this.context = this.playing = null;
    if (context === null) return;
    context.onstatechange = null;
    if (playing) playing.stop(seconds);
    else void context.close().catch(() => undefined);
  }

  private say(state: AmbientState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

function openContext(): AudioContext | null {
  try {
    const context = new AudioContext();
    void context.resume().catch(() => undefined);
    return context;
  } catch {
    return null;
  }
}

export const ambient = new Ambient();

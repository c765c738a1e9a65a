/** The sound of the alarm: three soft tones, where autoplay is allowed or a click came. */

let audio: AudioContext | null = null;
const TOUCHES = ["pointerup", "keydown", "touchend"];

/** Probe for autoplay, which only an attempt shows. Never throws. */
export async function isReady(): Promise<boolean> {
  try {
    const tried = await running();
    const ready = tried.state === "running";
    // A context that runs in silence costs battery.
    if (ready) await tried.suspend();
    return ready;
  } catch {
    return false;
  }
}

/** Call back after each click, touch or key, after which a browser may allow sound. */
export function onTouch(touched: () => void): () => void {
  for (const kind of TOUCHES) window.addEventListener(kind, touched);
  return () => {
    for (const kind of TOUCHES) window.removeEventListener(kind, touched);
  };
}

async function running(): Promise<AudioContext> {
  audio ??= new AudioContext();
  // Without a click before it, `resume` never settles.
  await Promise.race([audio.resume(), new Promise((resolve) => setTimeout(resolve, 500))]);
  return audio;
}

/** Play the sound; true where it was heard. Never throws. */
export async function play(): Promise<boolean> {
  try {
    const playing = await running();
    if (playing.state !== "running") return false;
    for (const [n, pitch] of [523.25, 659.25, 783.99].entries()) {
      const at = playing.currentTime + n * 0.22;
      const volume = playing.createGain();
      volume.gain.setValueAtTime(0, at);
      volume.gain.linearRampToValueAtTime(0.12, at + 0.03);
      volume.gain.exponentialRampToValueAtTime(0.0001, at + 1.1);
      const tone = new OscillatorNode(playing, { frequency: pitch });
      tone.connect(volume).connect(playing.destination);
      tone.start(at);
      tone.stop(at + 1.2);
    }
    setTimeout(() => void playing.suspend().catch(() => undefined), 2500);
    return true;
  } catch {
    return false;
  }
}

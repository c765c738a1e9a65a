/** The graph of an ambient sound in an AudioContext; loaded with the first sound. */
import { LOOP_SECONDS, loopOf, type Sound } from "./noise";

/** Seconds until a sound has faded in. */
const FADE_IN = 1.5;

const FILTERS: Record<Sound, BiquadFilterOptions[]> = {
  noise: [{ type: "lowpass", frequency: 1100, Q: 0.4 }],
  rain: [
    { type: "highpass", frequency: 350, Q: 0.3 },
    { type: "lowpass", frequency: 7500, Q: 0.3 },
  ],
  waves: [{ type: "lowpass", frequency: 2600, Q: 0.3 }],
};

/** The gain for a volume of 0 to 100: ears hear its square as even steps. */
const gainOf = (volume: number) => (volume / 100) ** 2;

export type Playing = {
  setVolume: (volume: number) => void;
  /** Fade out, and release everything after that. */
  stop: (seconds: number) => void;
};

/** Loops made in this page: a second start costs nothing, and memory stays as it is. */
const made = new Map<string, AudioBuffer>();

function bufferOf(context: AudioContext, sound: Sound): AudioBuffer {
  const name = `${sound} ${context.sampleRate}`;
  const known = made.get(name);
  if (known) return known;
  const loop = loopOf(sound, context.sampleRate);
  const buffer = context.createBuffer(1, loop.length, context.sampleRate);
  buffer.getChannelData(0).set(loop);
  made.clear();
  made.set(name, buffer);
  return buffer;
}

/** Play a sound in a context that runs, or that a gesture is about to let run. */
export function play(context: AudioContext, sound: Sound, volume: number): Playing {
  const buffer = bufferOf(context, sound);
  const gain = new GainNode(context, { gain: 0 });
  const filters = FILTERS[sound].map((options) => new BiquadFilterNode(context, options));
  const chain: AudioNode[] = [...filters, gain, context.destination];
  chain.reduce((before, next) => before.connect(next));
  // The same loop twice, half of it apart and one to each side: as wide as weather is.
  const sources = [-0.7, 0.7].map((pan, n) => {
    const source = new AudioBufferSourceNode(context, { buffer, loop: true });
    source.connect(new StereoPannerNode(context, { pan })).connect(chain[0]!);
    source.start(0, (n * LOOP_SECONDS) / 2);
    return source;
  });
  gain.gain.setTargetAtTime(gainOf(volume), context.currentTime, FADE_IN / 3);
  return {
    setVolume: (now) => {
      gain.gain.cancelScheduledValues(context.currentTime);
      gain.gain.setTargetAtTime(gainOf(now), context.currentTime, 0.08);
    },
    stop: (seconds) => {
      gain.gain.cancelScheduledValues(context.currentTime);
      gain.gain.setTargetAtTime(0, context.currentTime, seconds / 5);
      // By the page's timer: the clock of a context that stands still never gets there.
      setTimeout(() => {
        for (const source of sources) source.disconnect();
        gain.disconnect();
        void context.close().catch(() => undefined);
      }, seconds * 1000);
    },
  };
}

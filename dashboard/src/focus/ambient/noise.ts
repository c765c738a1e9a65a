/** Samples of the ambient sounds: noise of our own, since no file of rain is ours to ship. */

export type Sound = "noise" | "rain" | "waves";

/** The length of a loop: shorter ones are recognised, longer ones cost memory. */
export const LOOP_SECONDS = 20;
/** The part of a loop's beginning into which its end is faded: seconds. */
const SEAM_SECONDS = 2;
/** The loudness that every sound is brought to: root mean square of full scale. */
const LOUDNESS = 0.11;

type Random = () => number;

/** One loop of a sound, which goes on after its last sample with its first. */
export function loopOf(sound: Sound, rate: number, random: Random = Math.random): Float32Array {
  const length = Math.round(LOOP_SECONDS * rate);
  const seam = Math.round(SEAM_SECONDS * rate);
  return levelled(MAKERS[sound](length, seam, rate, random));
}

/**
 * Fade what would follow after the end into the beginning. Equal power, since the two are
 * unlike each other: an even fade would dip by 3 dB in the middle.
 */
export function closed(raw: Float32Array, seam: number): Float32Array {
  const length = raw.length - seam;
  const loop = raw.slice(0, length);
  for (let n = 0; n < seam; n += 1) {
    const turn = (n / seam) * (Math.PI / 2);
    loop[n] = raw[n]! * Math.sin(turn) + raw[length + n]! * Math.cos(turn);
  }
  return loop;
}

/** Brown noise: white noise, summed with a leak so that it never drifts away. */
export function brown(length: number, random: Random): Float32Array {
  const out = new Float32Array(length);
  let last = 0;
  for (let n = 0; n < length; n += 1) {
    last = (last + 0.02 * (2 * random() - 1)) / 1.02;
    out[n] = 3.5 * last;
  }
  return out;
}

/** Pink noise, by Paul Kellet's three poles. */
function pink(length: number, random: Random): Float32Array {
  const out = new Float32Array(length);
  let [slow, middle, quick] = [0, 0, 0];
  for (let n = 0; n < length; n += 1) {
    const white = 2 * random() - 1;
    slow = 0.99765 * slow + 0.099046 * white;
    middle = 0.963 * middle + 0.2965164 * white;
    quick = 0.57 * quick + 1.0526913 * white;
    out[n] = 0.16 * (slow + middle + quick + 0.1848 * white);
  }
  return out;
}

type Maker = (length: number, seam: number, rate: number, random: Random) => Float32Array;

const MAKERS: Record<Sound, Maker> = {
  noise: (length, seam, _, random) => closed(brown(length + seam, random), seam),
  rain: (length, seam, rate, random) => {
    const loop = closed(pink(length + seam, random), seam);
    for (let drop = 0; drop < 16 * LOOP_SECONDS; drop += 1) addDrop(loop, rate, random);
    return loop;
  },
  waves: (length, seam, _, random) => {
    const far = closed(brown(length + seam, random), seam);
    const near = closed(pink(length + seam, random), seam);
    return far.map((deep, n) => {
      // Whole cycles in a loop, so that a swell goes on over the seam.
      const at = (2 * Math.PI * n) / length;
      const swell = 0.5 - 0.3 * Math.cos(2 * at) - 0.2 * Math.cos(3 * at + 1.1);
      return deep * (0.35 + 0.65 * swell) + near[n]! * 0.75 * swell ** 2.2;
    });
  },
};

/** A drop: a short ringing tone, laid over the seam where it falls there. */
export function addDrop(loop: Float32Array, rate: number, random: Random): void {
  const at = Math.floor(random() * loop.length);
  const pitch = 1800 + 3800 * random();
  const lasts = (0.004 + 0.012 * random()) * rate;
  const loud = 0.02 + 0.1 * random() ** 3;
  for (let n = 0; n < 4 * lasts; n += 1) {
    const place = (at + n) % loop.length;
    const swing = Math.sin((2 * Math.PI * pitch * n) / rate);
    loop[place] = loop[place]! + loud * Math.exp(-n / lasts) * swing;
  }
}

function levelled(loop: Float32Array): Float32Array {
  let power = 0;
  for (const sample of loop) power += sample * sample;
  const gain = LOUDNESS / Math.sqrt(power / loop.length);
  return loop.map((sample) => Math.max(-1, Math.min(1, sample * gain)));
}

import { expect, test } from "vitest";

import { addDrop, brown, closed, loopOf, type Sound } from "./noise";

const RATE = 8_000;

/** Numbers that look random and are the same each time. */
function dice(seed: number) {
  let state = seed;
  return () => {
    state = (1664525 * state + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function steps(loop: Float32Array, from: number, to: number): number {
  let most = 0;
  for (let n = from; n < to; n += 1) {
    most = Math.max(most, Math.abs(loop[(n + 1) % loop.length]! - loop[n % loop.length]!));
  }
  return most;
}

test("a loop goes on after its end as if it had no end", () => {
  const raw = brown(21 * RATE, dice(7));
  const loop = closed(raw, RATE);
  expect(loop).toHaveLength(20 * RATE);
  // What follows the last sample is what followed it before the fade.
  expect(loop[0]).toBeCloseTo(raw[20 * RATE]!, 6);
  // Unfaded the step is many times as large: a click once in 20 seconds.
  const unfaded = Math.abs(raw[0]! - raw[20 * RATE - 1]!);
  expect(unfaded).toBeGreaterThan(3 * steps(loop, loop.length - 1, loop.length));
});

/**
 * Caught: a swell that has no whole cycles in a loop, and a rain that was not faded at all. The
 * steps of noise are larger than theirs, so here it is still: what is left is smooth.
 */
test.each<Sound>(["noise", "rain", "waves"])("%s has no step at its loop", (sound) => {
  const still = loopOf(sound, RATE, () => 0.25);
  const end = still.length;
  const seam = steps(still, end - 2, end + 2);
  // The drops all fall a quarter of the loop away from here.
  const around = Math.max(steps(still, 100, RATE), steps(still, end - RATE, end - 100));
  // -60 dB of full scale more than what the sound itself does.
  expect(seam).toBeLessThan(around + 0.001);
});

/** Caught: a drop that was cut off where the loop ends, and began as loud as any. */
test("a drop that falls on the seam is as whole as any other", () => {
  const drop = (at: number) => {
    const loop = new Float32Array(RATE);
    const [pitch, length, loudness] = [0.3, 0.9, 0.8];
    const told = [at / RATE, pitch, length, loudness].values();
    addDrop(loop, RATE, () => told.next().value!);
    return loop;
  };
  const [inside, over] = [drop(RATE / 2), drop(RATE - 8)];
  const turned = inside.map((_, n) => inside[(n + RATE / 2 + 8) % RATE]!);
  expect(over).toEqual(turned);
  expect(over.subarray(0, 50).some((one) => Math.abs(one) > 0.01)).toBe(true);
});

/** Caught: an even fade, which dips by 3 dB in its middle, once in 20 seconds. */
test.each<Sound>(["noise", "rain"])("%s is as loud in its fade as before it", (sound) => {
  let [faded, all] = [0, 0];
  for (let seed = 1; seed <= 20; seed += 1) {
    const loop = loopOf(sound, RATE, dice(seed));
    const power = (part: Float32Array) =>
      part.reduce((sum, one) => sum + one * one, 0) / part.length;
    faded += power(loop.subarray(0.75 * RATE, 1.25 * RATE));
    all += power(loop);
  }
  expect(faded / all).toBeGreaterThan(0.75);
});

test.each<Sound>(["noise", "rain", "waves"])("%s is as loud as the others, and whole", (sound) => {
  const loop = loopOf(sound, RATE, dice(5));
  const power = loop.reduce((sum, one) => sum + one * one, 0) / loop.length;
  expect(Math.sqrt(power)).toBeCloseTo(0.11, 2);
  expect(loop.every((one) => Math.abs(one) <= 1)).toBe(true);
});

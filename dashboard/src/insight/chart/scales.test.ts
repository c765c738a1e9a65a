import { bands, linear } from "./scales";

test("a value stands at its part of the range, in both directions", () => {
  expect(linear(60, [0, 120])(30)).toBe(60);
  expect(linear(60, [200, 10])(0)).toBe(200);
  expect(linear(60, [200, 10])(60)).toBe(10);
  expect(linear(0, [200, 10])(0)).toBe(200);
});

test("bands fill the range with a gap before, between and after them", () => {
  const { step, band, centre } = bands(4, [10, 96], 0.3);
  expect([step, band]).toEqual([20, 14]);
  expect([0, 1, 2, 3].map(centre)).toEqual([23, 43, 63, 83]);
  expect(centre(3) + band / 2 + step * 0.3).toBeCloseTo(96);
});

test("a chart without columns has bands of a finite width", () => {
  expect(bands(0, [0, 100], 0.3).step).toBe(100);
});

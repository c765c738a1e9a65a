import { expect, test } from "vitest";

import { lookAfter } from "./useLook";

const auto = { language: "auto", theme: "auto" };
const german = { language: "de", theme: "dark" };
const device = { language: "ar", theme: "light" } as const;

test("a preference of the account holds on this device too", () => {
  expect(lookAfter(device, german, null)).toEqual({ language: "de", theme: "dark" });
});

test("what the device had before anybody signed in stays while the account says nothing", () => {
  expect(lookAfter(device, auto, null)).toEqual(device);
  expect(lookAfter(device, auto, auto)).toEqual(device);
});

test("a preference that is set back to the device's own is not kept", () => {
  const kept = { language: "de", theme: "dark" } as const;
  expect(lookAfter(kept, auto, german)).toEqual({ language: null, theme: null });
  expect(lookAfter(kept, { ...german, theme: "auto" }, german)).toEqual({
    language: "de",
    theme: null,
  });
});

import { act, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

import { AlarmCheckbox } from "./AlarmCheckbox";
import { want } from "./alarm";

const status = new EventTarget();
let permission: NotificationPermission;
const DENIED = /does not allow notifications/;

async function changeTo(now: NotificationPermission) {
  permission = now;
  await act(async () => void status.dispatchEvent(new Event("change")));
}

beforeEach(() => {
  permission = "granted";
  vi.stubGlobal("Notification", {
    get permission() {
      return permission;
    },
  });
  vi.stubGlobal("navigator", { permissions: { query: async () => status } });
  want(true);
});

test("a permission that is taken away or given in the middle is told at once", async () => {
  await act(async () => void render(<AlarmCheckbox />));
  expect(screen.queryByText(DENIED)).toBeNull();
  await changeTo("denied");
  expect(screen.getByText(DENIED)).toBeTruthy();
  await changeTo("granted");
  expect(screen.queryByText(DENIED)).toBeNull();
});

test("a browser that tells no change is asked again when somebody comes back", async () => {
  vi.stubGlobal("navigator", {});
  await act(async () => void render(<AlarmCheckbox />));
  permission = "denied";
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
  expect(screen.getByText(DENIED)).toBeTruthy();
});

import { sender } from "../focus/outbox/sessionRequests";
import { guestSession } from "./guestSession";

const put = vi.spyOn(sender, "put").mockResolvedValue(undefined);

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-01-18T12:00:00Z") });
  guestSession.drop();
  put.mockClear();
});
afterEach(() => vi.useRealTimers());

const later = (minutes: number) => vi.setSystemTime(Date.now() + minutes * 60_000);

test("a session without an account outlives a reload and is handed over once", () => {
  guestSession.start(25, "Rose");
  expect(guestSession.read()?.wish).toMatchObject({ minutes: 25, plant: "Rose" });
  later(10);
  guestSession.end();
  guestSession.handTo("alice");
  expect(put).toHaveBeenCalledOnce();
  expect(put.mock.calls[0]?.[0]).toMatchObject({
    what: "start",
    user: "alice",
    ended: { how: "complete", device: Date.now() },
  });
  expect(guestSession.read()).toBeNull();
  guestSession.handTo("bob");
  expect(put).toHaveBeenCalledOnce();
});

test("its first end is the one that counts", () => {
  guestSession.start(25, "Rose");
  later(5);
  guestSession.end();
  const first = guestSession.read()?.ended;
  later(5);
  guestSession.end();
  expect(guestSession.read()?.ended).toEqual(first);
});

test("what stands in its place and is no session is none", () => {
  localStorage.setItem("focusguard-guest", '{"what":"start"}');
  expect(guestSession.read()).toBeNull();
});

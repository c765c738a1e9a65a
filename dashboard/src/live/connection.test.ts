import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Connection, type ConnectionOptions } from "./connection";
import type { Why } from "./liveness";

/** A socket whose other end is the test. */
class FakeSocket {
  static made: FakeSocket[] = [];
  readyState: number = WebSocket.CONNECTING;
  said: Record<string, unknown>[] = [];
  isClosed = false;
  onopen = () => undefined;
  onmessage: (event: { data: string }) => void = () => undefined;
  onclose: (event: { code: number }) => void = () => undefined;
  constructor() {
    FakeSocket.made.push(this);
  }
  send(text: string): void {
    this.said.push(JSON.parse(text) as Record<string, unknown>);
  }
  close(): void {
    this.isClosed = true;
  }
  opens(): void {
    this.readyState = WebSocket.OPEN;
    this.onopen();
  }
  tells(type: string, fields: object = {}): void {
    this.onmessage({ data: JSON.stringify({ type, ...fields }) });
  }
  ends(code: number): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose({ code });
  }
}

const states: (Why | null)[] = [];
const onSignedOut = vi.fn();
const onMessage = vi.fn();
const refresh = vi.fn<ConnectionOptions["refresh"]>();
const token = vi.fn<ConnectionOptions["token"]>();
/** The share of a pause that chance gives. */
let chance = 1;

const connect = () => {
  const connection = new Connection({
    address: "ws://localhost/api/ws",
    open: () => new FakeSocket() as unknown as WebSocket,
    random: () => chance,
    onState: (why) => void states.push(why),
    ...{ token, refresh, onSignedOut, onMessage },
  });
  connection.start();
  return connection;
};
const newest = () => FakeSocket.made.at(-1)!;
const passing = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
async function live() {
  const connection = connect();
  await passing(0);
  goesLive();
  return connection;
}
function goesLive() {
  newest().opens();
  newest().tells("ready");
  newest().tells("session");
}
/** Whether the next socket is opened after so long, and not before. */
async function opensAfter(milliseconds: number) {
  const before = FakeSocket.made.length;
  await passing(milliseconds - 1);
  expect(FakeSocket.made).toHaveLength(before);
  await passing(1);
  expect(FakeSocket.made).toHaveLength(before + 1);
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.made = [];
  states.length = 0;
  chance = 1;
  for (const spy of [onSignedOut, onMessage, refresh, token]) spy.mockReset();
  token.mockResolvedValue("one");
  refresh.mockResolvedValue(true);
});
afterEach(() => void vi.useRealTimers());

test("the first message is the token, and the first session says that it is live", async () => {
  connect();
  await passing(0);
  newest().opens();
  expect(newest().said).toEqual([{ type: "auth", token: "one" }]);
  newest().tells("ready");
  expect(states).toEqual([]);
  newest().tells("session", { session: null });
  expect(states).toEqual([null]);
  newest().tells("a word of tomorrow");
  newest().onmessage({ data: "no JSON" });
  expect(states).toEqual([null]);
});

test("nobody signed in opens nothing", async () => {
  token.mockResolvedValue(null);
  connect();
  await passing(600_000);
  expect(FakeSocket.made).toHaveLength(0);
});

test("a restart lets it come back at any moment of ten seconds", async () => {
  await live();
  for (const [share, pause] of [
    [1, 10_000],
    [0.3, 3_000],
  ] as const) {
    chance = share;
    newest().ends(1012);
    expect(states.at(-1)).toBe("restarting");
    await opensAfter(pause);
    goesLive();
    expect(states.at(-1)).toBeNull();
  }
});

test("pauses grow up to two minutes, and a connection that holds forgets them", async () => {
  connect();
  await passing(0);
  for (const seconds of [1, 2, 4, 8, 16, 32, 64, 120, 120]) {
    newest().ends(1006);
    expect(states.at(-1)).toBe("unreachable");
    await opensAfter(seconds * 1000);
  }
  // Taken and closed at once: not a connection that held.
  goesLive();
  newest().ends(1006);
  await opensAfter(120_000);
  goesLive();
  await passing(30_000);
  newest().ends(1006);
  await opensAfter(1_000);
});

test.each([
  [1013, "busy", 5_000],
  [4429, "busy", 5_000],
  [4400, "unreachable", 60_000],
  [1009, "unreachable", 60_000],
  [4408, "unreachable", 1_000],
  [1006, "unreachable", 1_000],
])("code %i is %s, and tried again within %i milliseconds", async (code, why, pause) => {
  await live();
  newest().ends(code);
  expect(states.at(-1)).toBe(why);
  await opensAfter(pause);
});

test.each([4401, 4403])("code %i is a refresh, and one alone", async (code) => {
  await live();
  newest().ends(code);
  await passing(0);
  expect(refresh).toHaveBeenCalledTimes(1);
  expect(FakeSocket.made).toHaveLength(2);
  // The token is new, and refused all the same.
  newest().opens();
  newest().ends(code);
  expect(states.at(-1)).toBe("unreachable");
  await opensAfter(1_000);
  expect(refresh).toHaveBeenCalledTimes(1);
  expect(onSignedOut).not.toHaveBeenCalled();
});

test("a device that was signed out hears so at once", async () => {
  await live();
  refresh.mockResolvedValue(false);
  newest().ends(4401);
  await passing(0);
  expect(onSignedOut).toHaveBeenCalledTimes(1);
  await passing(600_000);
  expect(FakeSocket.made).toHaveLength(1);
});

test("a refresh without an answer signs nobody out", async () => {
  await live();
  refresh.mockRejectedValue(new Error("no answer"));
  newest().ends(4401);
  await passing(0);
  expect(onSignedOut).not.toHaveBeenCalled();
  expect(states.at(-1)).toBe("unreachable");
  await opensAfter(1_000);
});

test("a socket that was replaced stays closed until somebody looks", async () => {
  const connection = await live();
  newest().ends(4409);
  expect(states.at(-1)).toBe("replaced");
  await passing(600_000);
  connection.online();
  expect(FakeSocket.made).toHaveLength(1);
  connection.look();
  await passing(0);
  expect(FakeSocket.made).toHaveLength(2);
});

test("a look ends a long pause, but no restart's and none that has just begun", async () => {
  const connection = await live();
  newest().ends(1012);
  connection.look();
  await passing(0);
  expect(FakeSocket.made).toHaveLength(1);
  await passing(10_000);
  newest().ends(4400);
  connection.look();
  await passing(0);
  expect(FakeSocket.made).toHaveLength(2);
  await passing(5_001);
  connection.look();
  await passing(0);
  expect(FakeSocket.made).toHaveLength(3);
});

test("a silent socket is asked for a sign of life, and let go without one", async () => {
  await live();
  await passing(25_000);
  expect(newest().said.at(-1)).toEqual({ type: "ping" });
  newest().tells("pong");
  await passing(25_000);
  const silent = newest();
  expect(silent.said.filter(({ type }) => type === "ping")).toHaveLength(2);
  await passing(8_000);
  expect(silent.isClosed).toBe(true);
  expect(states.at(-1)).toBe("unreachable");
  // What it says now is about nothing any more.
  silent.tells("session");
  expect(states.at(-1)).toBe("unreachable");
});

test("looks ask for a sign of life, and not so often that the service closes for it", async () => {
  const connection = await live();
  for (let n = 0; n < 30; n += 1) {
    connection.look();
    await passing(100);
  }
  expect(newest().said.filter(({ type }) => type === "ping")).toHaveLength(1);
  await passing(5_000);
  expect(newest().isClosed).toBe(true);
});

test("a handshake that hangs is given up", async () => {
  connect();
  await passing(14_999);
  expect(newest().isClosed).toBe(false);
  await passing(1);
  expect(newest().isClosed).toBe(true);
  await opensAfter(1_000);
});

test("what may be old is not live, until the next state", async () => {
  await live();
  newest().tells("stale");
  expect(states.at(-1)).toBe("unreachable");
  newest().tells("session");
  expect(states.at(-1)).toBeNull();
  expect(FakeSocket.made).toHaveLength(1);
});

test("before its end the token is another one, on the same socket", async () => {
  await live();
  refresh.mockImplementation(async () => {
    token.mockResolvedValue("two");
    return true;
  });
  newest().tells("auth_soon");
  await passing(0);
  expect(newest().said.at(-1)).toEqual({ type: "auth", token: "two" });
  // Another tab has refreshed meanwhile.
  token.mockResolvedValue("three");
  newest().tells("auth_soon");
  await passing(0);
  expect(newest().said.at(-1)).toEqual({ type: "auth", token: "three" });
  expect(refresh).toHaveBeenCalledTimes(1);
});

test("without a network there is no socket, and with it one soon", async () => {
  const connection = await live();
  const isOnline = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  connection.offline();
  expect(newest().isClosed).toBe(true);
  expect(states.at(-1)).toBe("offline");
  await passing(600_000);
  expect(FakeSocket.made).toHaveLength(1);
  isOnline.mockReturnValue(true);
  connection.online();
  await opensAfter(1_000);
});

test("no answer to the question for a token is tried again", async () => {
  token.mockRejectedValue(new Error("no answer"));
  connect();
  await passing(0);
  expect(states).toEqual(["unreachable"]);
  token.mockResolvedValue("one");
  await opensAfter(1_000);
});

test("whoever stops hears nothing more, whatever was under way", async () => {
  const connection = await live();
  newest().ends(4401);
  connection.stop();
  await passing(600_000);
  expect(FakeSocket.made).toHaveLength(1);
  expect(onSignedOut).not.toHaveBeenCalled();
});

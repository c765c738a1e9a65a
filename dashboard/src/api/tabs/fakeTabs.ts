/** Fakes of the browser's locks and channels, for tests that have no second tab. */
import type { Channel } from "./channel";
import type { Locks } from "./locks";

type Options = { ifAvailable?: boolean };

/** Locks that a few tabs of one test share. */
export function fakeLocks(): Locks {
  const held = new Map<string, Promise<unknown>>();
  const request = async (
    name: string,
    { ifAvailable = false }: Options,
    run: (lock: object | null) => Promise<unknown>,
  ): Promise<unknown> => {
    const before = held.get(name);
    if (before !== undefined && ifAvailable) return run(null);
    const turn = (before ?? Promise.resolve()).then(() => run({}));
    const over = turn.catch(() => undefined);
    held.set(name, over);
    try {
      return await turn;
    } finally {
      if (held.get(name) === over) held.delete(name);
    }
  };
  return { request } as unknown as Locks;
}

/** Channels of a few tabs: each gets the messages of all others, `after` milliseconds later. */
export function fakeChannels(after = 0): () => Channel {
  const open: Channel[] = [];
  return () => {
    const channel: Channel = {
      onmessage: null,
      postMessage: (data: unknown) => {
        for (const other of open.filter((one) => one !== channel)) {
          const hear = () => {
            other.onmessage?.call(other as BroadcastChannel, { data } as MessageEvent);
          };
          if (after > 0) setTimeout(hear, after);
          else queueMicrotask(hear);
        }
      },
    };
    open.push(channel);
    return channel;
  };
}

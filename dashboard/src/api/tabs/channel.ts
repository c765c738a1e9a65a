export type Channel = Pick<BroadcastChannel, "postMessage" | "onmessage">;

/** Open a BroadcastChannel to the other tabs; a silent one where the browser has none. */
export function openChannel(name: string): Channel {
  try {
    const channel = new BroadcastChannel(name);
    return {
      postMessage: (news: unknown) => {
        try {
          channel.postMessage(news);
        } catch {
          // The other tabs find out by themselves.
        }
      },
      set onmessage(heard: Channel["onmessage"]) {
        channel.onmessage = heard;
      },
    };
  } catch {
    return { postMessage: () => undefined, onmessage: null };
  }
}

import type { QueryClient } from "@tanstack/react-query";

import { refreshFigures } from "./queries";

const channel = new BroadcastChannel("focusguard-figures");

/** Let the other tabs know that a session began or ended. */
export function tellTabs(): void {
  channel.postMessage("changed");
}

/** Look again whenever another tab changed something. */
export function listenToTabs(client: QueryClient): void {
  channel.onmessage = () => void refreshFigures(client);
}

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./App";
import { keepShell } from "./offline/shell";
import { Boundary } from "./parts/notices/Boundary";
import { mayRetry, retryDelay } from "./queries/backoff";
import { listenToTabs } from "./queries/changes";
import { FRESH } from "./queries/shared";

/** Show the dashboard; the text is there. */
export function start(): void {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH,
        retry: mayRetry,
        retryDelay: (count, error) => retryDelay(count, error),
      },
      // Without a network they would wait silently, and a deletion be sent hours later.
      mutations: { networkMode: "always" },
    },
  });

  listenToTabs(client);
  keepShell();

  const root = document.getElementById("root");
  if (root === null) throw new Error("index.html has no #root");
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <Boundary>
          <App />
        </Boundary>
      </QueryClientProvider>
    </StrictMode>,
  );
}

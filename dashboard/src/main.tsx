// First, and in this order: a page's own rules come after them.
import "./styles/tokens.css";
import "./styles/frame.css";
import "./styles/pieces.css";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { takeLinks } from "./links/link";
import { Boundary } from "./parts/notices/Boundary";
import { listenToTabs } from "./queries/changes";
import { FRESH } from "./queries/shared";
import { mayRetry, retryDelay } from "./queries/backoff";

// Before anything is asked or shown, while the address still has the secret of its link.
takeLinks();

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

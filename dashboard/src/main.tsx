import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { ApiError } from "./api/errors";
import { App } from "./App";
import { listenToTabs } from "./parts/tabs";
import "./styles/base.css";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // What was refused stays refused; what did not come may come.
      retry: (count, error) => count < 3 && error instanceof ApiError && error.mayPass,
      retryDelay: (count, error) =>
        error instanceof ApiError && error.retryAfter !== null
          ? error.retryAfter * 1000
          : 1000 * 2 ** count,
    },
  },
});

listenToTabs(client);

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);

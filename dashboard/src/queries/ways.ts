/** The queries of the ways in: the second factor, passkeys, linked accounts, tokens of programs. */
import { queryOptions, useQuery } from "@tanstack/react-query";

import { api, data } from "../api/client";
import { useWays } from "./queries";
import { shared } from "./shared";

export const secondFactor = queryOptions({
  queryKey: ["second-factor"],
  queryFn: shared("figures", () => data(api.GET("/api/auth/totp"))),
});

export const passkeys = queryOptions({
  queryKey: ["passkeys"],
  queryFn: shared("figures", () => data(api.GET("/api/auth/passkeys"))),
});

export const identities = queryOptions({
  queryKey: ["identities"],
  queryFn: shared("figures", () => data(api.GET("/api/auth/identities"))),
});

export const apiTokens = queryOptions({
  queryKey: ["api-tokens"],
  queryFn: shared("figures", () => data(api.GET("/api/auth/api-tokens"))),
});

/** False for somebody who came by another service, and has set no password since. */
export function useHasPassword(): boolean {
  const hasProviders = (useWays()?.providers.length ?? 0) > 0;
  return useQuery({ ...identities, enabled: hasProviders }).data?.has_password ?? true;
}

/** Counts the ways in as far as they are known: a refusal to take the last one ends with it. */
export function useWaysIn(): string {
  const keys = useQuery({ ...passkeys, enabled: false }).data?.passkeys.length;
  const linked = useQuery({ ...identities, enabled: false }).data;
  return `${keys} ${linked?.identities.length} ${linked?.has_password}`;
}

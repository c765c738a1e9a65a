import { api, auth, data } from "../../api/client";

/** The one way of leaving the page that a test can watch. */
export const leaving = { to: (address: string) => window.location.assign(address) };

/** Go to another service, which sends back here. */
export async function leaveFor(provider: string, intent: "sign_in" | "link"): Promise<void> {
  const { authorization_url } = await data(
    api.POST("/api/auth/oauth/{provider}/start", {
      params: { path: { provider } },
      body: { intent },
    }),
  );
  // The way back ends in a cookie, which this browser would not ask for as a stranger's.
  if (intent === "sign_in") auth.expectCookie();
  leaving.to(authorization_url);
}

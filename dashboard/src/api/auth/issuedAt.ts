/** The second in which a token was issued, as it says itself; null where it does not. */
export function issuedAt(token: string): number | null {
  try {
    const claims = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    return (JSON.parse(atob(claims)) as { iat?: number }).iat ?? null;
  } catch {
    return null;
  }
}

/** The marks of ways in: of a passkey, and of services that many know. */

export function PasskeyIcon() {
  return (
    <svg className="way-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M10 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 9c.6-3.6 3.4-5.5 7-5.5 1 0 2 .2 2.8.5" />
      <path d="M17.5 15.2a2.6 2.6 0 1 0-1.2 0V21l1.5-1.2-1-1 1.2-1.2-.5-.6Z" />
    </svg>
  );
}

const MARKS: Record<string, string> = {
  google: "M20.5 12.2c0 5-3.4 8.3-8.3 8.3a8.5 8.5 0 1 1 5.8-14.7M12.2 12.2h8.3",
  github:
    "M9 19c-4.5 1.4-4.5-2.3-6.3-2.8M15.3 21.5v-3.3c0-1 .1-1.4-.5-2 2.8-.3 5.5-1.4 5.5-6a4.6 4.6 0 0 0-1.3-3.2 4.2 4.2 0 0 0-.1-3.2s-1.1-.3-3.5 1.3a12 12 0 0 0-6.2 0C6.8 3.5 5.7 3.8 5.7 3.8a4.2 4.2 0 0 0-.1 3.2A4.6 4.6 0 0 0 4.3 10.2c0 4.6 2.7 5.7 5.5 6-.6.6-.6 1.2-.5 2v3.3",
};
const OTHER = "M4 12h12m-4.5-4.5L16 12l-4.5 4.5M13 4h5a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-5";

export function ProviderIcon({ id }: { id: string }) {
  return (
    <svg className="way-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={MARKS[id] ?? OTHER} />
    </svg>
  );
}

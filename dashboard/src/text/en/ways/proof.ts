export const proof = {
  title: "Prove that it is you",
  lead: "This changes how your account is opened. One proof holds for ten minutes on this device.",
  by: "Prove it by",
  ways: { password: "Password", code: "Code", recovery_code: "Recovery code", passkey: "Passkey" },
  codeHint: "The six digits of your authenticator app.",
  passkeyLead: "Your device asks for its lock, a face or a fingerprint.",
  noPasskey: "No passkey was used. Try again, or another way.",
  confirm: "Confirm",
  signInAgain:
    "Sign out and in again by the service that you came by: for ten minutes that is a proof.",
};

export const signIn = {
  or: "or",
  passkey: "Sign in with a passkey",
  provider: (name: string) => `Continue with ${name}`,
  noPasskey: "No passkey was used. Try again, or sign in another way.",

  stepTitle: "One more step",
  codeLead: "Enter the six digits that your authenticator app shows for FocusGuard.",
  recoveryLead: "Enter one of the recovery codes that you kept. Each works once.",
  passkeyLead: "Your device asks for its lock, a face or a fingerprint.",
  code: "Code",
  recovery: "Recovery code",
  recoveryWrong: "That recovery code is wrong or was used already.",
  byCode: "Use the code of the app",
  byRecovery: "Use a recovery code",
  byPasskey: "Use a passkey",
  back: "Back to sign in",
  stepEnded: "This step took too long, or too many codes were wrong. Sign in again.",

  finishTitle: "Choose your name",
  finishLead: (service: string, who: string) =>
    `${service} knows you as ${who}. All that is missing is a name for you here.`,
  finishEnded: "This took too long, or was begun in another browser. Begin again.",

  /** What a sign-in by another service ended with, by the code in the address. */
  ended: {
    OAUTH_FLOW_INVALID: "That took too long, or was begun in another browser. Begin again.",
    OAUTH_REFUSED: "The other service did not tell us who you are. Try again, or another way.",
    OAUTH_CANCELLED: "You called off the sign-in at the other service.",
    OAUTH_ACCOUNT_EXISTS:
      "There is an account with your address already. Sign in to it as usual, then link the other service under You, Signing in.",
    OAUTH_EMAIL_UNVERIFIED:
      "The other service has not confirmed your e-mail address. Confirm it there, or create an account here.",
    PROVIDER_AWAY: "The other service does not answer. Try again in a moment, or another way.",
  } as Record<string, string>,
  endedOtherwise: "The sign-in by the other service failed. Try again, or another way.",
};

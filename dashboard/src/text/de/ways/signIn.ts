export const signIn = {
  or: "oder",
  passkey: "Mit einem Passkey anmelden",
  provider: (name: string) => `Weiter mit ${name}`,
  noPasskey: "Es wurde kein Passkey benutzt. Versuche es noch einmal oder auf anderem Weg.",

  stepTitle: "Noch ein Schritt",
  codeLead: "Gib die sechs Ziffern ein, die deine Authenticator-App für FocusGuard zeigt.",
  recoveryLead: "Gib einen der Ersatzcodes ein, die du aufgehoben hast. Jeder gilt einmal.",
  passkeyLead: "Dein Gerät fragt nach seiner Sperre, einem Gesicht oder Fingerabdruck.",
  code: "Code",
  recovery: "Ersatzcode",
  recoveryWrong: "Dieser Ersatzcode stimmt nicht, oder er wurde schon benutzt.",
  byCode: "Code der App benutzen",
  byRecovery: "Ersatzcode benutzen",
  byPasskey: "Passkey benutzen",
  back: "Zurück zur Anmeldung",
  stepEnded:
    "Dieser Schritt hat zu lange gedauert, oder zu viele Codes waren falsch. Melde dich noch einmal an.",

  finishTitle: "Wähle deinen Namen",
  finishLead: (service: string, who: string) =>
    `${service} kennt dich als ${who}. Es fehlt nur noch ein Name für dich hier.`,
  finishEnded:
    "Das hat zu lange gedauert oder wurde in einem anderen Browser begonnen. Beginne von vorn.",

  ended: {
    OAUTH_FLOW_INVALID:
      "Das hat zu lange gedauert oder wurde in einem anderen Browser begonnen. Beginne von vorn.",
    OAUTH_REFUSED:
      "Der andere Dienst hat uns nicht gesagt, wer du bist. Versuche es noch einmal oder auf anderem Weg.",
    OAUTH_CANCELLED: "Du hast die Anmeldung beim anderen Dienst abgebrochen.",
    OAUTH_ACCOUNT_EXISTS:
      "Mit deiner Adresse gibt es hier schon ein Konto. Melde dich dort wie gewohnt an und verknüpfe den anderen Dienst dann unter Du, Anmeldung.",
    OAUTH_EMAIL_UNVERIFIED:
      "Der andere Dienst hat deine E-Mail-Adresse nicht bestätigt. Bestätige sie dort, oder lege hier ein Konto an.",
    PROVIDER_AWAY:
      "Der andere Dienst antwortet nicht. Versuche es gleich noch einmal oder auf anderem Weg.",
  } as Record<string, string>,
  endedOtherwise:
    "Die Anmeldung über den anderen Dienst ist gescheitert. Versuche es noch einmal oder auf anderem Weg.",
};

/** Was der Dienst an Wegen hinein verweigert. */
export const refusals: Record<string, string> = {
  PROOF_REQUIRED: "Zeige erst, dass du es bist.",
  SECOND_FACTOR_WRONG: "Dieser Code stimmt nicht, oder er wurde schon benutzt.",
  SECOND_FACTOR_REQUIRED: "Mit eingeschaltetem zweiten Schritt geht das nur mit ihm.",
  SECOND_FACTOR_OFF: "Dieser Dienst hat keinen zweiten Schritt.",
  FLOW_INVALID: "Das hat zu lange gedauert. Beginne von vorn.",
  FLOWS_RATE_LIMITED: "Das waren viele Versuche; versuche es in einer Minute wieder.",
  TOTP_ON: "Der zweite Schritt ist schon eingeschaltet.",
  TOTP_OFF: "Der zweite Schritt ist nicht eingeschaltet.",
  PASSKEY_KNOWN: "Diesen Passkey hat dein Konto schon.",
  PASSKEY_NOT_FOUND: "Diesen Passkey gibt es nicht mehr.",
  TOO_MANY_PASSKEYS: "Zehn Passkeys sind das Höchste; entferne erst einen.",
  CREDENTIAL_REFUSED:
    "Dieser Passkey öffnet hier kein Konto. Versuche es noch einmal oder auf anderem Weg.",
  PROVIDER_NOT_FOUND: "Diesen Dienst gibt es hier nicht mehr.",
  PROVIDER_AWAY: "Der andere Dienst antwortet nicht. Versuche es gleich noch einmal.",
  ORIGIN_REFUSED: "Diese Seite darf das nicht. Öffne FocusGuard unter seiner eigenen Adresse.",
  IDENTITY_TAKEN: "Dieses Konto ist schon mit einem anderen hier verknüpft.",
  IDENTITY_NOT_FOUND: "Diese Verknüpfung gibt es nicht mehr.",
  LAST_WAY_IN:
    "Das ist der letzte Weg in dein Konto. Füge erst einen Passkey hinzu, verknüpfe ein anderes Konto oder setze ein Passwort.",
  TOO_MANY_TOKENS: "Zwanzig Tokens sind das Höchste; widerrufe erst eines.",
  API_TOKEN_NOT_FOUND: "Dieses Token gibt es nicht mehr.",
  PICTURE_BUSY: "Gerade werden andere Bilder gelesen; versuche es gleich wieder.",
  PICTURE_TOO_LARGE: "Dieses Bild ist zu groß.",
  PICTURE_REFUSED: "Dieses Bild kann der Dienst nicht lesen.",
};

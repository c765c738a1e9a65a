export const proof = {
  title: "Zeige, dass du es bist",
  lead: "Das ändert, wie dein Konto geöffnet wird. Ein Nachweis gilt zehn Minuten auf diesem Gerät.",
  by: "Nachweis durch",
  ways: { password: "Passwort", code: "Code", recovery_code: "Ersatzcode", passkey: "Passkey" },
  codeHint: "Die sechs Ziffern deiner Authenticator-App.",
  passkeyLead: "Dein Gerät fragt nach seiner Sperre, einem Gesicht oder Fingerabdruck.",
  noPasskey: "Es wurde kein Passkey benutzt. Versuche es noch einmal oder auf anderem Weg.",
  confirm: "Bestätigen",
  signInAgain:
    "Melde dich ab und über den Dienst, mit dem du gekommen bist, wieder an: Das gilt zehn Minuten als Nachweis.",
};

export const links = {
  again: "Noch einmal senden",
  sent: "Gesendet. Es kann ein paar Minuten dauern; sieh auch im Spam nach. Fünf in der Stunde sind möglich.",
  oldTitle: "Dieser Link gilt nicht mehr",
  missingTitle: "Hier fehlt etwas",
  missing:
    "Diese Seite wird durch den Link in einer Mail geöffnet. Wenn du ihn kopiert hast, kopiere ihn ganz, auch was nach dem # steht.",
  banner: {
    label: "Bestätige deine Adresse",
    ask: (address: string) =>
      `Bestätige ${address} mit dem Link in unserer Mail, damit du wieder hereinkommst, wenn du dein Passwort vergisst.`,
    putAway: "Heute nicht",
  },
  forgot: {
    title: "Passwort vergessen?",
    lead: "Nenne uns die E-Mail-Adresse deines Kontos. Wir senden einen Link dorthin, mit dem du ein neues Passwort setzt.",
    send: "Link senden",
    sentTitle: "Sieh in deine Mails",
    sent: (address: string) =>
      `Wenn ${address} zu einem Konto gehört, ist ein Link dorthin unterwegs.`,
    hints: [
      "Der Link gilt einmal, und eine Stunde lang.",
      "Es kann ein paar Minuten dauern; sieh auch im Spam nach.",
      "Nichts da? Prüfe die Adresse auf Tippfehler. Dreimal in der Stunde kannst du fragen.",
    ],
    again: "Noch einmal fragen",
    back: "Zurück zur Anmeldung",
    offTitle: "Von hier kommt keine Mail",
    off: "Dieser Dienst sendet keine Mails und kann dir keinen Link schicken. Wer ihn betreibt, kann dir ein neues Passwort setzen.",
  },
  reset: {
    title: "Neues Passwort setzen",
    lead: "Es ersetzt das alte und meldet dich auf jedem Gerät ab.",
    send: "Passwort setzen",
    doneTitle: "Dein neues Passwort gilt",
    done: "Jedes Gerät wurde abgemeldet, auch dieses. Melde dich mit dem neuen Passwort an.",
    maybeTitle: "Versuche dein neues Passwort",
    maybe:
      "Die Antwort auf deinen ersten Versuch ging verloren, und der Link ist verbraucht: Das neue Passwort gilt sehr wahrscheinlich, und jedes Gerät ist abgemeldet.",
    why: "Ein Link für ein neues Passwort gilt einmal, eine Stunde lang, und bis du einen neueren anforderst oder Passwort oder Adresse änderst.",
    another: "Neuen Link anfordern",
  },
  verify: {
    title: "Bestätige deine Adresse",
    lead: "Noch ein Klick, und wir wissen, dass diese Adresse deine ist.",
    send: "Diese Adresse bestätigen",
    doneTitle: "Bestätigt",
    done: (address: string) => `${address} ist die bestätigte Adresse deines Kontos.`,
    alreadyTitle: "Nichts mehr zu tun",
    already: (address: string) => `${address}, die Adresse deines Kontos, ist bestätigt.`,
    why: "Ein Link, der eine Adresse bestätigt, gilt einmal, einen Tag lang, und bis ein neuerer gesendet wird oder sich die Adresse ändert.",
    maybe:
      "Die Antwort auf deinen ersten Versuch ging verloren, und der Link ist verbraucht: Die Adresse ist sehr wahrscheinlich bestätigt.",
    signInFirst:
      "Melde dich an, um zu sehen, ob deine Adresse bestätigt ist, und um einen neuen Link zu bekommen.",
    another: "Neuen Link senden",
    takenTitle: "Diese Adresse ist vergeben",
    taken:
      "Ein anderes Konto hat sie inzwischen, deines behält also die bisherige. Auf deiner Seite kannst du eine andere wählen.",
    toYou: "Andere Adresse wählen",
    on: "Zu FocusGuard",
  },
  unsubscribe: {
    title: "Wochenbericht abbestellen?",
    lead: "Das ist die Mail, die dir montags von deiner Fokuswoche erzählt.",
    send: "Wochenbericht abbestellen",
    doneTitle: "Der Wochenbericht ist abbestellt",
    done: "Du bekommst keinen mehr.",
    stays:
      "Mails, die dein Konto schützen, kommen weiter: neues Passwort, neue Adresse, Anmeldung von einem neuen Ort.",
    back: "Wieder einschalten",
    why: "Ein Teil fehlt, oder das Konto gibt es nicht mehr. Den Schalter des Berichts findest du auch auf deiner Seite.",
    toSwitch: "Zum Schalter",
  },
};

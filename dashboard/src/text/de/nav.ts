export const nav = {
  label: "Hauptseiten",
  own: "Deine Seiten",
  today: "Heute",
  history: "Verlauf",
  garden: "Garten",
  insight: "Einblick",
  boards: "Ranglisten",
  you: "Du",
  settings: "Einstellungen",
  /** What index.html says where no script comes. */
  late: "Das dauert lange. Lade die Seite neu, sobald du eine Verbindung hast.",
  noScript: "FocusGuard braucht JavaScript. Die API ist beschrieben unter",
  skip: "Zum Inhalt",
};

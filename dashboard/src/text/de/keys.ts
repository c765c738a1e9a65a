/** The single keys, and what each does. */
export const keys = {
  title: "Tasten",
  list: "Diese Liste",
  startOrEnd: "Sitzung starten oder beenden",
  endBreak: "Pause beenden",
  hint: "Sie tun nichts, während du schreibst. In den Einstellungen kannst du sie abschalten.",
};

/** The mark that says whether changes of other devices are seen at once. */
export const live = {
  live: "Live",
  notLive: "Nicht live",
  everywhere: "Live auf all deinen Geräten.",
  polling: "Was sich auf deinen anderen Geräten ändert, wird jede halbe Minute geholt.",
  why: {
    unreachable: "Die Live-Verbindung ist nicht erreichbar; wir versuchen es weiter.",
    restarting: "Der Dienst startet neu; gleich ist es wieder live.",
    busy: "Der Dienst hat viel zu tun; wir versuchen es bald wieder.",
    replaced: "Du hast viele Seiten offen; kommst du hierher zurück, ist diese wieder live.",
  },
};

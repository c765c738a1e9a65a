export const linked = {
  title: "Verknüpfte Konten",
  lead: "Melde dich mit einem Konto an, das du anderswo hast. Wir erfahren, wer du dort bist, und sonst nichts.",
  as: (address: string) => `Verknüpft als ${address}`,
  isLinked: "Verknüpft",
  not: "Nicht verknüpft",
  link: "Verknüpfen",
  unlink: "Lösen",
  linkOf: (name: string) => `${name} verknüpfen`,
  unlinkOf: (name: string) => `${name} lösen`,
  unlinkTitle: (name: string) => `Verknüpfung mit ${name} lösen?`,
  unlinkText: "Es meldet dich hier nicht mehr an. Dein Konto dort bleibt, wie es ist.",
  done: "Deine Konten sind verknüpft.",
};

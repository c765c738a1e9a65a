export const picture = {
  title: "Dein Bild",
  lead: "Andere sehen es neben deinem Namen auf den Ranglisten.",
  choose: "Bild auswählen",
  another: "Anderes auswählen",
  kinds: "JPEG, PNG oder WebP. Wo es aufgenommen wurde, wird nicht aufgehoben.",
  part: "Der Ausschnitt, der gezeigt wird",
  hint: "Ziehe es, oder nimm die Pfeiltasten und + und −.",
  zoom: "Größe",
  save: "Speichern",
  remove: "Entfernen",
  unreadable: "Diese Datei ist kein Bild, das dieser Browser lesen kann.",
};

export const notFound = { title: "Hier wächst nichts", back: "Zurück zu deinem Fokus" };

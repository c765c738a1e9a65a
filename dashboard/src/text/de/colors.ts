/** The colours of labels. */
export const colors = {
  red: "Rot",
  orange: "Orange",
  amber: "Bernstein",
  lime: "Limette",
  green: "Grün",
  teal: "Petrol",
  sky: "Himmelblau",
  blue: "Blau",
  violet: "Violett",
  pink: "Rosa",
  brown: "Braun",
  grey: "Grau",
};

/** The text of a form's field. */
export function field(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** The same without the spaces that a keyboard's completion adds; not for passwords. */
export const trimmedField = (form: FormData, name: string): string => field(form, name).trim();

/** The text of a form's field. */
export function field(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** The text of a field without the spaces that autocompletion adds; not for passwords. */
export const trimmedField = (form: FormData, name: string): string => field(form, name).trim();

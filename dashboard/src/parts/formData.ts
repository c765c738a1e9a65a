/** Return the text that was given in a field of a form. */
export function field(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** Return it without what a keyboard's completion adds around it; not for passwords. */
export const trimmedField = (form: FormData, name: string): string => field(form, name).trim();

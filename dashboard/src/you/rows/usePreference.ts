import {
  type Preferences,
  type PreferencesChange,
  useChangePreferences,
  usePreferences,
} from "../../queries/preferences";
import { type Saving, savingOf } from "./saving";

type Field = keyof Preferences & keyof PreferencesChange;
type Preference<Value> = { value: Value; set: (value: Value) => void; saving: Saving };

/** One preference, and how its last change went. */
export function usePreference<Name extends Field>(name: Name): Preference<Preferences[Name]> {
  const value = usePreferences()[name];
  const change = useChangePreferences();
  return {
    value,
    set: (value) => change.mutate({ [name]: value }),
    saving: savingOf(change),
  };
}

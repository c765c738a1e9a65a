import type { Schemas } from "../../api/client";
import { useTitle } from "../../parts/title";
import { useWays } from "../../queries/queries";
import { text } from "../../text";
import { Group } from "../rows/Group";
import { savingOf } from "../rows/saving";
import { SwitchRow } from "../rows/SwitchRow";
import { Address } from "./Address";
import { Identity } from "./Identity";
import { TextRow } from "./TextRow";
import { useChangeProfile } from "./useChangeProfile";
import { ZoneRow } from "./ZoneRow";
import "../../styles/you/profile.css";

const words = text.you;

/** Who one is: name and address, the zone, and what others see. */
export function Profile({ user }: { user: Schemas["User"] }) {
  useTitle(`${words.title} · ${text.name}`);
  const mail = useWays()?.mail;
  return (
    <>
      <Identity user={user} />
      <Group title={words.account}>
        <Username user={user} />
        <Email user={user} mail={mail === true} />
      </Group>
      <Group title={words.place}>
        <ZoneRow user={user} />
      </Group>
      <Group title={words.others}>
        <Visible user={user} />
      </Group>
      {mail && (
        <Group title={words.mail}>
          <Report user={user} />
        </Group>
      )}
    </>
  );
}

type Of = { user: Schemas["User"] };

function Username({ user }: Of) {
  const save = useChangeProfile();
  return (
    <TextRow
      title={text.sign.username}
      hint={words.usernameHint}
      name="username"
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      value={user.username}
      save={save}
      send={(username) => save.mutateAsync({ username })}
    />
  );
}

function Email({ user, mail }: Of & { mail: boolean }) {
  const save = useChangeProfile();
  const isPending = save.isSuccess && save.data.pending_email !== null;
  return (
    <TextRow
      title={text.sign.email}
      hint={mail && user.email_verified && !user.pending_email ? words.confirmed : undefined}
      name="email"
      type="email"
      autoComplete="email"
      value={user.email}
      save={save}
      send={(email) => save.mutateAsync({ email })}
    >
      {mail && (
        <div className="setting-below">
          <p role="status" className="soft">
            {isPending && words.savedPending}
          </p>
          <Address user={user} />
        </div>
      )}
    </TextRow>
  );
}

function Visible({ user }: Of) {
  const save = useChangeProfile();
  const isAwaited = useWays()?.verification_required && !user.email_verified;
  return (
    <SwitchRow
      title={words.visible}
      hint={
        <>
          {words.visibleHint} {isAwaited && words.visibleWaits}
        </>
      }
      on={save.isPending ? save.variables.leaderboard_visible === true : user.leaderboard_visible}
      onChange={(leaderboard_visible) => save.mutate({ leaderboard_visible })}
      saving={savingOf(save)}
    />
  );
}

function Report({ user }: Of) {
  const save = useChangeProfile();
  return (
    <SwitchRow
      title={words.report}
      hint={
        <>
          {words.reportHint} {!user.email_verified && words.reportWaits}
        </>
      }
      on={save.isPending ? save.variables.weekly_report === true : user.weekly_report}
      onChange={(weekly_report) => save.mutate({ weekly_report })}
      saving={savingOf(save)}
    />
  );
}

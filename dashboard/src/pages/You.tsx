import { dayOf } from "../format";
import { QueryFallback } from "../parts/notices/Feedback";
import { useTitle } from "../parts/title";
import { useMe } from "../queries/queries";
import { text } from "../text";
import { Devices } from "../you/Devices";
import { Password } from "../you/Password";
import { Profile } from "../you/Profile";
import { YourData } from "../you/YourData";
import "../styles/you.css";

const words = text.you;

export default function You() {
  useTitle(`${words.title} · ${text.name}`);
  const profile = useMe();
  if (!profile.data) {
    return <QueryFallback of={[profile]} height={420} />;
  }
  return (
    <>
      <div className="heading">
        <h1>{profile.data.username}</h1>
        <p className="soft">
          {words.member(dayOf(profile.data.created_at, profile.data.timezone))}
        </p>
      </div>
      <div className="pair-cards">
        <Profile user={profile.data} />
        <Password />
        <Devices zone={profile.data.timezone} />
        <YourData user={profile.data} />
      </div>
    </>
  );
}

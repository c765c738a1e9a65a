"""A running session as a place: its sound, its mini window, and what it leaves behind."""

import re
from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import expect

from sessions_app.models import FocusSession
from tests.browser.steps import HIDING, changes_preferences, only

# The page builds its own graph, and the test renders and looks at every sample of it.
RENDERED = """
    const Offline = OfflineAudioContext;
    window.AudioContext = class extends Offline {
      constructor() { super(2, 45 * 24000, 24000); window.rendered = this; }
      resume() { return Promise.resolve(); }
      close() { return Promise.resolve(); }
      get state() { return "running"; }
      get currentTime() { return performance.now() / 1000; }
    };
    const { start } = AudioBufferSourceNode.prototype;
    AudioBufferSourceNode.prototype.start = function (...when) {
      window.source = this;
      start.apply(this, when);
    };
"""
STEPS = """async () => {
    const most = (buffer, from, to) => {
      let step = 0;
      for (let side = 0; side < buffer.numberOfChannels; side += 1) {
        const heard = buffer.getChannelData(side);
        for (let n = Math.round(from * 24000); n < to * 24000; n += 1)
          step = Math.max(step, Math.abs(heard[n + 1] - heard[n]));
      }
      return step;
    };
    const heard = await rendered.startRendering();
    // The same loop, cut where it differs most from its beginning: a step as it would be.
    const loop = window.source.buffer.getChannelData(0);
    let end = 11 * 24000;
    for (let n = end; n < 13 * 24000; n += 1)
      if (Math.abs(loop[n] - loop[0]) > Math.abs(loop[end] - loop[0])) end = n;
    const bare = new OfflineAudioContext(1, 20 * 24000, 24000);
    const source = new AudioBufferSourceNode(bare, {
      buffer: window.source.buffer, loop: true, loopEnd: (end + 1) / 24000,
    });
    source.connect(bare.destination);
    source.start();
    const cut = await bare.startRendering();
    return {
      seams: [20, 30, 40].map((at) => most(heard, at - 0.01, at + 0.01)),
      usual: most(heard, 21, 29),
      loudest: Math.max(...heard.getChannelData(0).subarray(21 * 24000, 22 * 24000)),
      cut: most(cut, end / 24000 - 0.01, end / 24000 + 0.01),
      whole: most(cut, 1, 10),
    };
}"""
# An hour of it, in the lowest rate that there is: what counts are its 359 seams.
HOUR = 3600
RATE = 3000
AN_HOUR = f"""() => {{
    const Offline = OfflineAudioContext;
    window.AudioContext = class extends Offline {{
      constructor() {{ super(1, {HOUR * RATE}, {RATE}); window.rendered = this; }}
      resume() {{ return Promise.resolve(); }}
      close() {{ return Promise.resolve(); }}
      get state() {{ return "running"; }}
      get currentTime() {{ return performance.now() / 1000; }}
    }};
    window.buffers = [];
    const {{ start }} = AudioBufferSourceNode.prototype;
    AudioBufferSourceNode.prototype.start = function (...when) {{
      window.source = this;
      window.buffers.push(this.buffer);
      start.apply(this, when);
    }};
}}"""
HEARD_FOR_AN_HOUR = f"""async () => {{
    const heard = (await rendered.startRendering()).getChannelData(0);
    const step = (from, to) => {{
      let most = 0;
      for (let n = from; n < to; n += 1) most = Math.max(most, Math.abs(heard[n + 1] - heard[n]));
      return most;
    }};
    const loudness = (from) => {{
      let sum = 0;
      for (let n = from * {RATE}; n < (from + 20) * {RATE}; n += 1) sum += heard[n] ** 2;
      return Math.sqrt(sum / (20 * {RATE}));
    }};
    const seams = [];
    for (let at = 20; at < {HOUR}; at += 10) seams.push(step(at * {RATE} - 30, at * {RATE} + 30));
    return {{
      seams: Math.max(...seams),
      usual: step(21 * {RATE}, 29 * {RATE}),
      loudness: [20, 1800, {HOUR} - 40].map(loudness),
      sources: buffers.length,
      buffers: new Set(buffers).size,
      seconds: buffers[0].duration,
    }};
}}"""
BEGUN = """() => new Promise((begun) => {
    const look = () => (window.source ? begun() : setTimeout(look, 20));
    look();
})"""
CLOSED = """() => Promise.all(contexts.map((one) => new Promise((closed) => {
    const look = () => one.state === "closed" && closed(true);
    one.addEventListener("statechange", look);
    look();
})))"""
CONTEXTS = """
    const Real = AudioContext;
    window.contexts = [];
    window.AudioContext = class extends Real {
      constructor(...options) { super(...options); window.contexts.push(this); }
    };
"""


def choose(page, sound):
    page.get_by_role("button", name="Sound").click()
    # React may draw what is chosen after the click, where check() looks at once.
    page.get_by_role("radio", name=sound).click()


def sounds(page, *, on):
    button = page.get_by_role("button", name="Sound")
    expect(button).to_have_attribute("aria-pressed", "true" if on else "false")


def test_sound_has_no_step_at_its_loop(somebody):
    page = somebody.page
    page.add_init_script(RENDERED)
    somebody.comes_back_focusing()
    choose(page, "Noise")
    page.evaluate(BEGUN)
    heard = page.evaluate(STEPS)
    assert heard["loudest"] > 0.001, "silence has no step either"
    # -60 dB of full scale, beyond what the sound does by itself.
    assert max(heard["seams"]) < heard["usual"] + 0.001, heard
    assert heard["cut"] > heard["whole"] + 0.001, f"a step would not be seen: {heard}"


@pytest.mark.slow
def test_an_hour_of_sound_has_no_step_and_no_more_memory_than_a_minute(somebody):
    page = somebody.page
    page.add_init_script(f"({AN_HOUR})()")
    somebody.comes_back_focusing(plan=120)
    choose(page, "Noise")
    page.evaluate(BEGUN)
    heard = page.evaluate(HEARD_FOR_AN_HOUR)
    assert heard["loudness"][0] > 0.0001, "silence has no step either"
    # -60 dB of full scale, beyond what the sound does by itself.
    assert heard["seams"] < heard["usual"] + 0.001, heard
    assert heard["loudness"] == pytest.approx([heard["loudness"][0]] * 3, rel=0.01)
    # Two sources go round in one buffer, for as long as they are heard.
    assert (heard["sources"], heard["buffers"], heard["seconds"]) == (2, 1, 20)


def test_sound_plays_in_one_tab_and_ends_with_the_session(somebody):
    page = somebody.page
    somebody.context.add_init_script(CONTEXTS)
    somebody.comes_back_focusing()
    with page.expect_response(changes_preferences) as liked:
        choose(page, "Rain")
    assert liked.value.json()["ambient"] == "rain"
    sounds(page, on=True)
    other = somebody.context.new_page()
    other.goto("/")
    expect(other.get_by_role("timer")).to_be_visible()
    sounds(other, on=False)
    # One press plays what is liked, here and no longer there.
    other.get_by_role("button", name="Sound").click()
    sounds(other, on=True)
    sounds(page, on=False)
    other.keyboard.press("Escape")
    other.get_by_role("button", name="End now").click()
    expect(other.get_by_role("heading", name="A short one")).to_be_visible()
    for tab in (page, other):
        assert tab.evaluate(CLOSED)


def test_sound_that_a_call_has_held_up_goes_on(somebody):
    """Caught: a context that stayed suspended, beside a button that said it played."""
    page = somebody.page
    page.add_init_script(CONTEXTS)
    somebody.comes_back_focusing()
    choose(page, "Rain")
    sounds(page, on=True)
    page.wait_for_function("() => contexts[0].currentTime > 0")
    stood = page.evaluate("contexts[0].suspend().then(() => contexts[0].currentTime)")
    page.wait_for_function("(at) => contexts[0].currentTime > at", arg=stood)
    assert page.evaluate("contexts.length") == 1
    sounds(page, on=True)


def open_mini(page):
    """Open the real window above all others: the headless browser has it, in its own size."""
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Mini window").click()
    return opened.value


def test_mini_window_goes_with_its_session(somebody):
    page = somebody.page
    somebody.comes_back_focusing(minutes=5)
    mini = open_mini(page)
    timer = mini.get_by_role("timer")
    expect(timer).to_have_text(re.compile(r"^(20|19):\d\d$"))
    # Dressed by the sheets of the page, under its policy.
    expect(timer).to_have_css("font-weight", "300")
    expect(mini.get_by_role("img", name="Sunflower")).to_be_visible()
    somebody.go_to("Garden")
    before = timer.inner_text()
    expect(timer).not_to_have_text(before)
    somebody.go_to("Today")
    # By its user: the page goes on, and can open another.
    mini.close()
    button = page.get_by_role("button", name="Mini window")
    expect(button).to_have_attribute("aria-pressed", "false")
    mini = open_mini(page)
    expect(mini.get_by_role("timer")).to_be_visible()
    # By the end.
    with mini.expect_event("close"):
        page.get_by_role("button", name="End now").click()
    expect(page.get_by_role("heading", name="5 minutes of focus")).to_be_visible()
    # By the sign-out.
    page.get_by_role("button", name="Another 25").click()
    mini = open_mini(page)
    expect(mini.get_by_role("timer")).to_be_visible()
    somebody.go_to("You")
    page.get_by_role("link", name="Signing in").click()
    with mini.expect_event("close"):
        page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()


MINUTE = timedelta(minutes=1)


def a_minute_passes(page):
    """Move the page's clock and the session by the same; each timer is due once at most.

    Chrome lets the timers of a hidden tab go off once a minute.
    """
    FocusSession.objects.update(created_at=F("created_at") - MINUTE)
    page.clock.fast_forward(MINUTE // timedelta(milliseconds=1))


def test_mini_window_of_a_tab_that_is_hidden_for_half_an_hour_tells_the_time(somebody):
    """Caught, as it was planted: a clock that counts its own ticks was minutes behind."""
    page = somebody.page
    page.add_init_script(HIDING)
    page.clock.install()
    somebody.comes_back_focusing(plan=36, minutes=5)
    mini = open_mini(page)
    timer = mini.get_by_role("timer")
    page.evaluate("leave(true)")
    session = only(somebody)
    for _ in range(30):
        a_minute_passes(page)
        session.refresh_from_db()
        left = (session.deadline - timezone.now()) // MINUTE
        # The minute may end between this look and that of the page.
        expect(timer).to_have_text(re.compile(rf"^({left}|{left - 1}):\d\d$"))
    # Its end comes to a hidden tab too, and takes the window away.
    with mini.expect_event("close"):
        a_minute_passes(page)
    expect(page).to_have_title(re.compile("Time is up"))
    session.refresh_from_db()
    assert (session.status, session.focus_min) == ("completed", 36)

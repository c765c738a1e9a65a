/**
 * The server's clock: its offset to a steady clock of this tab, by the times of answers.
 *
 * An answer names the second in which the server made it, between the request and its
 * arrival here: so the offset lies between two bounds, which each further answer narrows. An
 * answer that contradicts them means that one of the clocks was set or stood still.
 */

/**
 * A steady clock: milliseconds since 1970 by the device when the page was opened, and since
 * then by the time that passed, so that setting the device's clock changes nothing. Where it
 * stands still while the device sleeps, it is behind, never ahead, until the next answer.
 */
export const steadily = (): number => performance.timeOrigin + performance.now();

/** The drift of two clocks above which one of them stood still or was set: milliseconds. */
const MOVED = 2000;

/**
 * The server's time as one tab knows it, for another tab: in moments of the server, since
 * the tabs' own steady clocks began apart.
 */
export type ClockReading = {
  /** The server's time lies between these, in milliseconds since 1970. */
  earliest: number;
  latest: number;
  /** True where the service itself told its time, not a header. */
  told: boolean;
  /** The moments of the server's last answer and of this reading, by the device's clock. */
  heardAt: number;
  at: number;
};

export class ServerClock {
  private low = -Infinity;
  private high = Infinity;
  /** The moment of the last answer learned from, in any tab, by the device's clock. */
  private heardAt = -Infinity;
  /** True once the service itself told its time, which no proxy can change. */
  private told = false;
  /** The device's clock less the local one, when this was last learned from. */
  private apart: number | null = null;

  constructor(
    private readonly local: () => number = steadily,
    private readonly device: () => number = Date.now,
  ) {}

  /** Learn from the `Date` header of an answer; the moments are local milliseconds. */
  note(date: string | null, askedAt: number, heardAt: number): void {
    const second = date === null ? NaN : Date.parse(date);
    if (Number.isNaN(second)) return;
    // Without a session to tell the time, a device that slept would be behind for hours.
    if (this.hasMoved()) this.forget(false);
    if (!this.told) this.hear(second, askedAt, heardAt);
  }

  /** Learn a moment of the service's own clock, given `within` so many milliseconds after it. */
  tell(second: number, askedAt: number, heardAt: number, within = 1000): void {
    if (Number.isNaN(second)) return;
    this.believe();
    this.hear(second, askedAt, heardAt, within);
  }

  /** The reading for a tab that asks for nothing itself; null before any answer, or after a sleep. */
  reading(): ClockReading | null {
    if (!Number.isFinite(this.low) || this.hasMoved()) return null;
    const local = this.local();
    return {
      earliest: local + this.low,
      latest: local + this.high,
      told: this.told,
      heardAt: this.heardAt,
      at: this.device(),
    };
  }

  /** Learn from another tab, as far as it does not contradict what was heard later. */
  take({ earliest, latest, told, heardAt, at }: ClockReading): void {
    if (this.told && !told) return;
    // A tab that was frozen hears it late: the server's clock went on meanwhile. And the
    // device's clock gives whole milliseconds: without one more, tabs that tell each other
    // would narrow the bounds by a little each time, to where the server is not.
    const late = Math.max(0, this.device() - at) + 1;
    const local = this.local();
    const [low, high] = [earliest - local, latest + late - local];
    const contradicts = low > this.high || high < this.low;
    if (contradicts && heardAt < this.heardAt) return;
    if (told) this.believe();
    this.narrow(low, high);
    this.heardAt = Math.max(this.heardAt, heardAt);
    this.apart = this.device() - local;
  }

  private hear(second: number, askedAt: number, heardAt: number, within = 1000): void {
    this.narrow(second - heardAt, second + within - askedAt);
    this.heardAt = this.device();
    this.apart = this.device() - this.local();
  }

  /** True where a clock stood still or was set since the last answer. */
  private hasMoved(): boolean {
    if (this.apart === null) return false;
    return Math.abs(this.device() - this.local() - this.apart) > MOVED;
  }

  /** Drop the bounds by headers when the service itself tells its time. */
  private believe(): void {
    if (!this.told) this.forget(true);
  }

  private forget(told: boolean): void {
    this.told = told;
    this.low = -Infinity;
    this.high = Infinity;
  }

  private narrow(low: number, high: number): void {
    if (low > this.high || high < this.low) {
      this.low = low;
      this.high = high;
      return;
    }
    this.low = Math.max(this.low, low);
    this.high = Math.min(this.high, high);
  }

  /** Milliseconds to add to the local clock; 0 before any answer. */
  get offset(): number {
    return Number.isFinite(this.low) ? (this.low + this.high) / 2 : 0;
  }

  /** The lower bound of the server's time: nothing grows, and no day begins, too early. */
  earliest(): number {
    return this.local() + this.low;
  }

  /** The server's time in milliseconds since 1970, as well as it is known. */
  now(): number {
    return this.local() + this.offset;
  }
}

export const clock = new ServerClock();

/**
 * The server's clock, as far as its answers tell, on a clock that nobody sets.
 *
 * An answer says a second in which the server made it, and we know when we asked and when
 * we heard: so the offset lies between two bounds, which every further answer can only
 * narrow. An answer that contradicts them means that a clock went on without the other.
 */

/**
 * Milliseconds since 1970 as the device said when the page was opened, and since then by
 * the time that passed: a hand on the device's clock moves nothing. Where it stands still
 * while the device sleeps, it is behind, never ahead, until the server is heard again.
 */
export const steadily = (): number => performance.timeOrigin + performance.now();

export class ServerClock {
  private low = -Infinity;
  private high = Infinity;
  /** Whether the service itself told its time, which no proxy on the way can bend. */
  private told = false;

  constructor(private readonly local: () => number = steadily) {}

  /** Learn from an answer: `date` is its header, the moments are local milliseconds. */
  note(date: string | null, askedAt: number, heardAt: number): void {
    const second = date === null ? NaN : Date.parse(date);
    if (!this.told && !Number.isNaN(second)) this.learn(second, askedAt, heardAt);
  }

  /** Learn a moment of the service's own clock, given within the second after `second`. */
  tell(second: number, askedAt: number, heardAt: number): void {
    if (Number.isNaN(second)) return;
    if (!this.told) {
      this.told = true;
      this.low = -Infinity;
      this.high = Infinity;
    }
    this.learn(second, askedAt, heardAt);
  }

  private learn(second: number, askedAt: number, heardAt: number): void {
    const low = second - heardAt;
    const high = second + 1000 - askedAt;
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

  /** What the server's clock has surely reached: nothing grows, and no day begins, too early. */
  earliest(): number {
    return this.local() + this.low;
  }

  /** The server's time in milliseconds since 1970, as well as we know. */
  now(): number {
    return this.local() + this.offset;
  }
}

export const clock = new ServerClock();

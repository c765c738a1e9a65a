/**
 * The server's clock, as far as its `Date` headers tell.
 *
 * A header says a second in which the server answered, and we know when we asked and
 * when we heard: so the offset lies between two bounds, which every further answer can
 * only narrow. An answer that contradicts them means that a clock was changed.
 */
export class ServerClock {
  private low = -Infinity;
  private high = Infinity;

  constructor(private readonly local: () => number = Date.now) {}

  /** Learn from an answer: `date` is its header, the moments are local milliseconds. */
  note(date: string | null, askedAt: number, heardAt: number): void {
    const second = date === null ? NaN : Date.parse(date);
    if (Number.isNaN(second)) return;
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

  /** What the server's clock has surely reached: no end may be sent before the end. */
  earliest(): number {
    return this.local() + this.low;
  }

  /** The server's time in milliseconds since 1970, as well as we know. */
  now(): number {
    return this.local() + this.offset;
  }
}

export const clock = new ServerClock();

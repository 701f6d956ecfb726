/** What the clock brings: jobs by the hour and the day, sometimes twice, sometimes not; and jumps of the clock itself. */
import { civilDateOf } from '../../shared/kernel/civil-date.ts';
import type { Stream } from './stream.ts';
import { untilDone } from './uploads.ts';
import type { World } from './world.ts';

const hour = 3_600_000;

export class Schedules {
  readonly #world: World;
  readonly #stream: Stream;
  /** What projects need of the nights; histories without them stay as they were. */
  hasProjects = false;
  #over = false;
  #day: string;

  constructor(world: World, stream: Stream) {
    this.#world = world;
    this.#stream = stream;
    this.#day = this.#today();
  }

  begin(): void {
    const { turns, random, faults } = this.#world;
    turns.begin(async () => {
      while (!this.#over) {
        await turns.sleep(10_000 + random.below(120_000));
        // The stream keeps a record for 24 hours: the clock leaps over days only when its readers have come along.
        const far = random.chance(0.3) && this.#stream.isDrained;
        if (faults.strikes('clock-forward')) turns.now += random.below(far ? 96 * hour : 2 * hour);
        if (random.chance(0.3) || this.#today() !== this.#day) await this.fire();
      }
    });
  }

  stop(): void {
    this.#over = true;
  }

  /** All jobs of an hour; those of a day when the day is a new one. */
  async fire(): Promise<void> {
    const isNew = this.#today() !== this.#day;
    this.#day = this.#today();
    await this.#run('daily', { job: 'expire-uploads' });
    if (isNew) {
      await this.#run('daily', { job: 'remind' });
      await this.#run('daily', { job: 'daily-root' });
      if (this.hasProjects) {
        await this.#run('daily', { job: 'watch-reviews' });
        await this.#run('daily', { job: 'expire-certificates' });
      }
      if (this.#day.endsWith('-01')) await this.#run('reports', { job: 'monthly' });
    }
    await this.#run('delivery', { job: 'deliver' });
  }

  async #run(name: 'daily' | 'delivery' | 'reports', event: object): Promise<void> {
    const { faults } = this.#world;
    if (faults.strikes('schedule-missed')) return;
    const twin = faults.strikes('schedule-twice') ? untilDone(this.#world, name, event) : undefined;
    await untilDone(this.#world, name, event);
    await twin;
  }

  #today(): string {
    return civilDateOf(new Date(this.#world.now).toISOString());
  }
}

/** Duties fulfilled by filings whose events came before the duty, or before it was open. */
import { describe, expect, it } from 'vitest';
import { annual, DutyBench, on, target } from '../../../test/support/duty-bench.ts';

const bench = new DutyBench();

describe('a city that turns', () => {
  it('is released of what is open, and has it on its desk again when it develops after all', async () => {
    await bench.follow(await bench.lay());
    const line = await bench.desk();
    await bench.follow(await bench.filings.turn(bench.city, 'not-developing', on('2021-10-08')));
    expect((await bench.duty()).items[0]).toMatchObject({ state: 'closed', closedBecause: 'not-developing' });
    expect(await bench.desk()).toEqual([]);
    await bench.follow(await bench.filings.turn(bench.city, 'developing', on('2021-10-09')));
    expect((await bench.duty()).items).toEqual([{ ...target, state: 'open' }]);
    expect(line).toHaveLength(1);
    expect(await bench.desk()).toEqual(line);
  });

  it.each(['filing first', 'city first'])(
    'by signing what the duty asks for has fulfilled it (%s)',
    async (order) => {
      await bench.follow(await bench.lay());
      await bench.follow(await bench.filings.turn(bench.city, 'not-developing', on('2021-10-08')));
      const draft = await bench.begin(on('2021-10-09'));
      const turn = await bench.filings.turned(bench.city, 'developing', on('2021-10-10'));
      const signed = await bench.filings.sign(draft.head, on('2021-10-10'), on('2021-10-10'), turn);
      // One commit, two records: their events come in either order.
      const entries = [signed.entry, turn.entry];
      await bench.follow(...(order === 'filing first' ? entries : entries.toReversed()));
      expect((await bench.duty()).items[0]).toMatchObject({
        state: 'fulfilled',
        submission: signed.head.id,
        at: on('2021-10-10'),
      });
      expect(await bench.desk()).toEqual([]);
    },
  );
});

describe('a duty laid down after the filing', () => {
  it('is fulfilled at once, with the receipt of the filing', async () => {
    const signed = await bench.filings.sign((await bench.begin(on('2021-10-08'))).head, on('2021-10-09'));
    await bench.filings.step(signed.head, 'accept', on('2021-10-11'), { state: 'in-review' });
    await bench.follow(await bench.lay());
    expect((await bench.duty()).items[0]).toMatchObject({
      state: 'fulfilled',
      submission: signed.head.id,
      at: on('2021-10-09'),
    });
    expect(await bench.desk()).toEqual([]);
  });

  it('is open while the filing is a draft, or was returned', async () => {
    await bench.begin(on('2021-10-08'));
    const signed = await bench.filings.sign(
      (await bench.begin(on('2021-10-08'), annual)).head,
      on('2021-10-09'),
    );
    await bench.filings.step(signed.head, 'return', on('2021-10-11'), { state: 'returned' });
    await bench.follow(await bench.lay('submitted', [target, annual]));
    expect((await bench.duty()).items.map(({ state }) => state)).toEqual(['open', 'open']);
  });

  it('is closed at once in a city that does not develop such housing', async () => {
    await bench.filings.turn(bench.city, 'not-developing', on('2021-09-01'));
    await bench.follow(await bench.lay());
    expect((await bench.duty()).items[0]).toMatchObject({ state: 'closed', closedBecause: 'not-developing' });
    expect(await bench.desk()).toEqual([]);
  });

  it('counts the day of publication, not of what happened to the published filing since', async () => {
    const signed = await bench.filings.sign(
      (await bench.begin(on('2021-10-08'), { path: 'own-decision' })).head,
      on('2021-10-09'),
    );
    const published = await bench.filings.publish(signed.head, on('2021-10-12'));
    const received = await bench.filings.step(published.head, 'receive', on('2021-11-04'), {
      received: true,
    });
    await bench.filings.step(received.head, 'view-contact', on('2021-11-05'));
    await bench.follow(await bench.lay('published'));
    expect((await bench.duty()).items[0]).toMatchObject({ state: 'fulfilled', at: on('2021-10-12') });
    // The event of the publication itself, delivered late, changes nothing.
    const { seq } = await bench.duty();
    await bench.follow(published.entry);
    expect((await bench.duty()).seq).toBe(seq);
  });

  it('is not fulfilled by what is submitted but not published', async () => {
    await bench.filings.sign(
      (await bench.begin(on('2021-10-08'), { path: 'own-decision' })).head,
      on('2021-10-09'),
    );
    await bench.follow(await bench.lay('published'));
    expect((await bench.duty()).items).toEqual([{ ...target, state: 'open' }]);
  });

  it.each([
    ['submitted', on('2021-10-09')],
    ['published', on('2021-10-12')],
  ] as const)('is %s in time when an amendment came late', async (satisfiedBy, at) => {
    const signed = await bench.filings.sign((await bench.begin(on('2021-10-08'))).head, on('2021-10-09'));
    const first = await bench.filings.publish(signed.head, on('2021-10-12'));
    const amendment = await bench.begin(on('2021-11-08'), { amends: first.head.id });
    const amended = await bench.filings.sign(amendment.head, on('2021-11-09'));
    await bench.filings.publish(amended.head, on('2021-11-12'));
    await bench.follow(await bench.lay(satisfiedBy));
    expect((await bench.duty()).items[0]).toMatchObject({
      state: 'fulfilled',
      submission: first.head.id,
      at,
    });
  });

  it('that is there no more is nothing to catch up with', async () => {
    const laid = await bench.lay();
    await bench.follow({ ...laid, record: 'obligation:none' });
    expect((await bench.duty()).seq).toBe(1);
  });
});

/** What goes wrong when asked, on both stores. */
import { describe, expect, it } from 'vitest';
import type { Faults } from './index.ts';
import { DirectEngine, key } from './test-direct.ts';

describe.each(['memory', 'sqlite'] as const)('the engine on the %s store', (kind) => {
  const bench = new DirectEngine(kind);

  describe('faults, when asked for,', () => {
    const restart = (faults: Omit<Faults, 'seed'>) => {
      bench.start({ seed: 7, ...faults });
    };

    it('throttle, the same for the same seed', () => {
      const history = () => {
        restart({ throttle: 0.5 });
        return Array.from({ length: 40 }, (_, n) => {
          try {
            bench.run('PutItem', { Item: key(`p${n}`) });
            return 'done';
          } catch (error) {
            return (error as Error).name;
          }
        });
      };
      const first = history();
      expect(new Set(first)).toEqual(new Set(['done', 'ProvisionedThroughputExceededException']));
      expect(history()).toEqual(first);
    });

    it('cancel a transaction by a conflict at one of its items', () => {
      restart({ conflict: 1 });
      expect(
        bench.refusal('TransactWriteItems', {
          TransactItems: [{ Put: { TableName: 'filings', Item: key('a') } }],
        }),
      ).toMatchObject({ body: { CancellationReasons: [{ Code: 'TransactionConflict' }] } });
      expect(bench.refusal('PutItem', { Item: key('a') })).toMatchObject({
        name: 'TransactionConflictException',
      });
      expect(bench.run('GetItem', { Key: key('a') })).toEqual({});
    });

    it('show an index late, as it was, and in the end as it is', () => {
      restart({ lateIndexes: 5 });
      const seen = (): unknown =>
        (
          bench.run('Query', {
            IndexName: 'everything',
            KeyConditionExpression: 'ownerPk = :o',
            ExpressionAttributeValues: { ':o': { S: 'o' } },
          }) as { Items: { x: { N: string } }[] }
        ).Items.map(({ x }) => Number(x.N));
      const histories = Array.from({ length: 12 }, (_, n) => {
        bench.put({ ownerPk: { S: 'o' }, x: { N: String(n) } });
        const at = [seen(), seen(), seen(), seen(), seen(), seen()];
        expect(at.at(-1)).toEqual([n]);
        for (const found of at) expect([n > 0 ? [n - 1] : [], [n]]).toContainEqual(found);
        return JSON.stringify(at[0]) === JSON.stringify([n]);
      });
      expect(new Set(histories)).toEqual(new Set([true, false]));
    });
  });
});

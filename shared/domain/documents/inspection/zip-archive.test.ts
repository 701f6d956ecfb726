/** ZIP archives written byte by byte: which rule a hostile one breaks. */
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Allowance } from './bytes.ts';
import type { Rejected } from './rejection.ts';
import { maxEntries, openArchive, readEntry } from './zip-archive.ts';

interface Fields {
  readonly flags?: number;
  readonly method?: number;
  readonly crc?: number;
  readonly length?: number;
  readonly packedLength?: number;
  readonly headerAt?: number;
  readonly name?: string;
  readonly extra?: string;
  readonly comment?: string;
}
interface Written {
  readonly content?: string;
  readonly deflated?: boolean;
  /** What the local header and the directory say, where it is not the truth. */
  readonly local?: Fields & { readonly signature?: string };
  readonly directory?: Fields;
}
interface End {
  readonly disk?: number;
  readonly startDisk?: number;
  readonly onDisk?: number;
  readonly count?: number;
  readonly size?: number;
  readonly directoryAt?: number;
  readonly comment?: string;
  readonly commentLength?: number;
}

function numbers(...fields: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer {
  return Buffer.concat(
    fields.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}

function zip(
  entries: Readonly<Record<string, Written>>,
  end: End = {},
  before = '',
  between = '',
): Uint8Array {
  const parts: Buffer[] = [Buffer.from(before, 'latin1')];
  const directory: Buffer[] = [];
  let at = before.length;
  for (const [name, { content = 'x', deflated, local = {}, directory: listed = {} }] of Object.entries(
    entries,
  )) {
    const plain = Buffer.from(content);
    const packed = deflated ? deflateRawSync(plain) : plain;
    const truth = {
      flags: 0,
      method: deflated ? 8 : 0,
      crc: crc32(plain),
      packedLength: packed.length,
      length: plain.length,
      name,
      extra: '',
      comment: '',
      headerAt: at,
    };
    const [here, there] = [
      { ...truth, ...local },
      { ...truth, ...listed },
    ];
    const [hereName, thereName] = [Buffer.from(here.name), Buffer.from(there.name)];
    const header = Buffer.concat([
      Buffer.from(local.signature ?? 'PK\x03\x04', 'latin1'),
      numbers([2, 20], [2, here.flags], [2, here.method], [4, 0], [4, here.crc]),
      numbers([4, here.packedLength], [4, here.length], [2, hereName.length], [2, here.extra.length]),
      hereName,
      Buffer.from(here.extra),
    ]);
    parts.push(header, packed);
    directory.push(
      numbers([4, 0x02014b50], [2, 20], [2, 20], [2, there.flags], [2, there.method], [4, 0], [4, there.crc]),
      numbers([4, there.packedLength], [4, there.length], [2, thereName.length], [2, there.extra.length]),
      numbers([2, there.comment.length], [2, 0], [2, 0], [4, 0], [4, there.headerAt]),
      thereName,
      Buffer.from(there.extra + there.comment),
    );
    at += header.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const count = end.count ?? Object.keys(entries).length;
  const comment = end.comment ?? '';
  return Buffer.concat([
    ...parts,
    Buffer.from(between, 'latin1'),
    list,
    numbers(
      [4, 0x06054b50],
      [2, end.disk ?? 0],
      [2, end.startDisk ?? 0],
      [2, end.onDisk ?? count],
      [2, count],
    ),
    numbers([4, end.size ?? list.length], [4, end.directoryAt ?? at + between.length]),
    numbers([2, end.commentLength ?? comment.length]),
    Buffer.from(comment),
  ]);
}

/** The entries read, or the code and the rule that was broken. */
function outcome(bytes: Uint8Array, allowed = 1000): string {
  try {
    const archive = openArchive(bytes, new Allowance(allowed));
    const allowance = new Allowance(allowed);
    return archive.entries
      .map((entry) => `${entry.name}=${Buffer.from(readEntry(archive, entry, allowance)).toString()}`)
      .join(' ');
  } catch (error) {
    return `${(error as Rejected).code}: ${(error as Error).message}`;
  }
}

describe('an archive', () => {
  test('is read entry by entry, stored or deflated', () => {
    const bytes = zip({ 'a.xml': { content: 'one' }, 'b/c.xml': { content: 'two two two', deflated: true } });
    expect(outcome(bytes)).toBe('a.xml=one b/c.xml=two two two');
    const { byName, directoryAt } = openArchive(bytes, new Allowance(1000));
    expect([...byName.keys()]).toEqual(['a.xml', 'b/c.xml']);
    expect(Buffer.from(bytes).toString('latin1', directoryAt, directoryAt + 4)).toBe('PK\x01\x02');
  });

  test('may have comments and extra fields, and entries in any order', () => {
    const bytes = zip(
      { 'a.xml': { local: { extra: 'abcd' }, directory: { extra: 'ef', comment: 'note' } }, 'b.xml': {} },
      { comment: 'an archive' },
    );
    expect(outcome(bytes)).toBe('a.xml=x b.xml=x');
  });

  test('may have folders, backslashes and names in Chinese', () => {
    expect(outcome(zip({ 'note: a.xml': {}, 'b..xml': {} }))).toBe('note: a.xml=x b..xml=x');
    expect(outcome(zip({ 'a\\b.xml': {}, '规划/': { content: '' }, '规划/一.xml': {} }))).toBe(
      'a/b.xml=x 规划/= 规划/一.xml=x',
    );
  });

  test.each<[string, Uint8Array]>([
    ['broken: ZIP: does not begin with an entry', Buffer.from('PK\x05\x06')],
    ['broken: ZIP: no end record', zip({ a: {} }).subarray(0, -1)],
    ['broken: ZIP: no end record', Buffer.concat([zip({ a: {} }), Buffer.from('x')])],
    ['broken: ZIP: no end record', zip({ a: {} }, { commentLength: 5 })],
    ['broken: ZIP: the end record does not fit the file', zip({ a: {} }, { disk: 1 })],
    ['broken: ZIP: the end record does not fit the file', zip({ a: {} }, { startDisk: 1 })],
    ['broken: ZIP: the end record does not fit the file', zip({ a: {} }, { onDisk: 2 })],
    ['broken: ZIP: the end record does not fit the file', zip({ a: {} }, { size: 40 })],
    ['broken: ZIP: the end record does not fit the file', zip({ a: {} }, { directoryAt: 5 })],
    ['expands-too-far: ZIP: too many entries', zip({ a: {} }, { count: maxEntries + 1 })],
    ['broken: ZIP: the directory is cut short', zip({ a: {} }, { count: 2 })],
    ['broken: ZIP: the directory is cut short', zip({ a: {} }, { count: maxEntries })],
    ['broken: ZIP: the directory holds more than it counts', zip({ a: {}, b: {} }, { count: 1 })],
    ['encrypted: ZIP: an encrypted entry', zip({ a: { directory: { flags: 1 } } })],
    ['encrypted: ZIP: an encrypted entry', zip({ a: { local: { flags: 0x2000 } } })],
    [
      'broken: ZIP: a method other than stored or deflated',
      zip({ a: { directory: { method: 12 }, local: { method: 12 } } }),
    ],
    ['broken: ZIP: an unsafe entry name', zip({ '': {} })],
    ['broken: ZIP: an unsafe entry name', zip({ '/a': {} })],
    ['broken: ZIP: an unsafe entry name', zip({ 'c:a': {} })],
    ['broken: ZIP: an unsafe entry name', zip({ 'a/../b': {} })],
    ['broken: ZIP: an unsafe entry name', zip({ 'a\0': {} })],
    ['broken: ZIP: two entries of one name', zip({ a: {}, A: {} })],
    ['expands-too-far: ZIP: announces more than the allowance', zip({ a: { directory: { length: 1001 } } })],
    [
      'expands-too-far: ZIP: announces more than the allowance',
      zip({ a: { directory: { length: 600 } }, b: { directory: { length: 600 } } }),
    ],
    ['broken: ZIP: bytes before the first entry', zip({ a: {} }, {}, 'PK\x03\x04')],
    [
      'broken: ZIP: no local header where the directory points',
      zip({ a: {}, b: { local: { signature: 'PK\x03\x05' } } }),
    ],
    [
      'broken: ZIP: no local header where the directory points',
      zip({ a: {}, b: { directory: { headerAt: 9999 } } }),
    ],
    [
      'broken: ZIP: entries overlap',
      zip({ a: { content: 'long enough' }, b: { directory: { headerAt: 5 } } }),
    ],
    ['broken: ZIP: an entry runs past the directory', zip({ a: { directory: { packedLength: 2 } } })],
    ['broken: ZIP: local header and directory differ', zip({ a: { local: { name: 'b' } } })],
    ['broken: ZIP: local header and directory differ', zip({ a: { local: { method: 8 } } })],
    ['broken: ZIP: an entry is not what the directory announces', zip({ a: { directory: { length: 2 } } })],
    ['broken: ZIP: an entry is not what the directory announces', zip({ a: { directory: { crc: 7 } } })],
    ['broken: deflated data is damaged', zip({ a: { local: { method: 8 }, directory: { method: 8 } } })],
  ])('is refused, %s (%#)', (because, bytes) => {
    expect(outcome(bytes)).toBe(because);
  });

  test('may list its entries in another order than they lie in', () => {
    const bytes = Buffer.from(zip({ a: {}, b: {} }));
    const [first, second] = [bytes.indexOf('PK\x01\x02'), bytes.lastIndexOf('PK\x01\x02')];
    const length = second - first;
    const swapped = Buffer.concat([
      bytes.subarray(0, first),
      bytes.subarray(second, second + length),
      bytes.subarray(first, second),
      bytes.subarray(second + length),
    ]);
    expect(outcome(swapped)).toBe('b=x a=x');
  });

  test('marks each entry of its directory', () => {
    const bytes = Buffer.from(zip({ a: {} }));
    bytes.write('PK\x01\x03', bytes.indexOf('PK\x01\x02'), 'latin1');
    expect(outcome(bytes)).toBe('broken: ZIP: the directory is cut short');
  });

  test('may unpack to its allowance exactly, all entries together, and no further', () => {
    const two = zip({ a: { content: '12345' }, b: { content: '12345', deflated: true } });
    expect(outcome(two, 10)).toBe('a=12345 b=12345');
    expect(outcome(two, 9)).toBe('expands-too-far: ZIP: announces more than the allowance');
    // Stored entries that announce little are counted by what they are.
    const lying = zip({ a: { content: '12345', directory: { length: 1 } } });
    expect(outcome(lying, 4)).toBe('expands-too-far: unpacks beyond the allowance');
  });

  test('may have bytes that nobody names between its entries and its directory', () => {
    expect(outcome(zip({ a: {} }, {}, '', 'signature'))).toBe('a=x');
  });
});

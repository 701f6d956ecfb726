import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  claimOf,
  eicar,
  encryptedPdf,
  pdfCarryingEicar,
  pdfOf,
  sampleOf,
} from '../../../../test/support/sample-files.ts';
import { fileTypeNames, inspect, maxFileLength, type FileType, type Inspection } from './inspect.ts';
import { rejections } from './rejection.ts';

const samples = new Map<FileType, Uint8Array>();

beforeAll(async () => {
  for (const type of fileTypeNames) samples.set(type, await sampleOf(type, '保障性租赁住房年度计划 <2021>'));
});

function sample(type: FileType): Uint8Array {
  const bytes = samples.get(type);
  if (!bytes) throw new Error(`no sample of ${type}`);
  return bytes;
}

/** As announced by an honest sender, so that only the content can be wrong. */
function inspectAs(type: FileType, bytes: Uint8Array): Promise<Inspection> {
  return inspect(bytes, claimOf(type, bytes));
}

describe('files that are what they claim', () => {
  it.each(fileTypeNames)('takes a valid %s', async (type) => {
    const pages = type === 'pdf' || type === 'ofd' ? { pages: 1 } : {};
    expect(await inspectAs(type, sample(type))).toEqual({ ok: true, type, facts: pages });
  });

  it('leaves malware of the right type to the scanner', async () => {
    const bytes = await pdfCarryingEicar('计划');
    expect(eicar()).toHaveLength(68);
    expect(Buffer.from(bytes).includes(Buffer.from(eicar()))).toBe(true);
    expect(await inspectAs('pdf', bytes)).toMatchObject({ ok: true, facts: { pages: 1 } });
  });
});

describe('files that are not what they claim', () => {
  const pairs = fileTypeNames.flatMap((claimed) =>
    fileTypeNames.filter((actual) => actual !== claimed).map((actual) => [claimed, actual] as const),
  );

  it.each(pairs)('%s announced, %s sent', async (claimed, actual) => {
    const finding = await inspectAs(claimed, sample(actual));
    expect(finding).toMatchObject({ ok: false, code: 'type-differs-from-claim' });
    expect(finding).not.toHaveProperty('detail.zh', expect.stringContaining('{'));
    expect(finding).not.toHaveProperty('detail.en', expect.stringContaining('{'));
  });

  it.each([
    ['text', 'not a document at all'],
    ['HTML', '<html><body>%PDF-1.7</body></html>'],
    ['a program', 'MZ\x90\0\x03'],
    ['a PDF behind other bytes', 'x%PDF-1.7\n'],
    ['a GIF', 'GIF89a'],
  ])('takes no %s', async (_name, text) => {
    for (const type of fileTypeNames) {
      const finding = await inspectAs(type, Buffer.from(text, 'latin1'));
      expect(finding).toMatchObject({ ok: false, code: 'type-not-allowed' });
    }
  });
});

describe('the delivery', () => {
  it('is refused when nothing came', async () => {
    expect(await inspectAs('pdf', new Uint8Array())).toMatchObject({ ok: false, code: 'empty' });
  });

  it('is refused when too much came', async () => {
    const finding = await inspect(new Uint8Array(maxFileLength + 1), { type: 'pdf', length: 1, sha256: '' });
    expect(finding).toMatchObject({ ok: false, code: 'too-large' });
  });

  it('is refused when another length or another content came', async () => {
    const claim = claimOf('png', sample('png'));
    const longer = await inspect(sample('png'), { ...claim, length: claim.length + 1 });
    expect(longer).toMatchObject({ ok: false, code: 'wrong-length' });
    const altered = sample('png').slice();
    altered[altered.length - 1] = 0;
    expect(await inspect(altered, claim)).toMatchObject({ ok: false, code: 'wrong-hash' });
  });

  it('takes the digest in base64 only', async () => {
    const claim = claimOf('png', sample('png'));
    const hex = Buffer.from(claim.sha256, 'base64').toString('hex');
    expect(await inspect(sample('png'), { ...claim, sha256: hex })).toMatchObject({
      ok: false,
      code: 'wrong-hash',
    });
  });
});

describe('damage', () => {
  it.each(fileTypeNames)('a %s cut short anywhere is refused', async (type) => {
    const whole = sample(type);
    const cuts = Array.from({ length: 15 }, (_, sixteenth) =>
      Math.floor((whole.length * (sixteenth + 1)) / 16),
    );
    for (const cut of [...cuts, whole.length - 8, whole.length - 2, whole.length - 1]) {
      expect(await inspectAs(type, whole.slice(0, cut)), `cut at ${cut} of ${whole.length}`).toMatchObject({
        ok: false,
      });
    }
  });

  it('a plain-table PDF of many pages cut short anywhere is refused', async () => {
    const whole = await pdfOf('计划', 12, false);
    for (let cut = 1; cut < whole.length - 1; cut += 97) {
      expect((await inspectAs('pdf', whole.slice(0, cut))).ok, `cut at ${cut}`).toBe(false);
    }
  });

  it.each(['docx', 'xlsx', 'ofd', 'png'] as const)(
    'no byte of the content of a %s can change unseen',
    async (type) => {
      // These formats carry check sums, so a changed byte is refused unless it lies in a field that says nothing.
      const whole = sample(type);
      let passed = 0;
      for (let at = 0; at < whole.length; at++) {
        const altered = whole.slice();
        altered[at] = (altered[at] ?? 0) ^ 0x10;
        if ((await inspectAs(type, altered)).ok) passed++;
      }
      // Of an entry: versions, dates, attributes, and what the local header repeats. Of a PNG: nothing.
      expect(passed / whole.length).toBeLessThanOrEqual(type === 'png' ? 0 : 0.3);
    },
  );
});

describe('whatever comes', () => {
  it('is answered, never thrown at', async () => {
    const anyType = fc.constantFrom(...fileTypeNames);
    await fc.assert(
      fc.asyncProperty(anyType, fc.uint8Array({ maxLength: 400 }), async (type, bytes) => {
        expect((await inspectAs(type, bytes)).ok).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('is answered when it begins as one of ours', async () => {
    const heads = [
      '%PDF-1.7\n',
      'PK\x03\x04',
      '\xff\xd8\xff',
      '\x89PNG\r\n\x1a\n',
      '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 400 }), async (head, rest) => {
        const bytes = Buffer.concat([Buffer.from(head, 'latin1'), rest]);
        expect((await inspectAs('pdf', bytes)).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('is answered when one of ours was altered, spliced or repeated', async () => {
    const pool = [...fileTypeNames.map(sample), await pdfOf('x', 3, false), encryptedPdf()];
    const edit = fc.record({
      at: fc.nat(3000),
      remove: fc.nat(40),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 12 }),
        fc
          .constantFrom('obj', '<<', '[', '(', '0 R', '99999999', '/Kids', 'PK\x01\x02', '\xff\xda')
          .map((text) => Buffer.from(text, 'latin1')),
      ),
    });
    const codes = new Set(Object.keys(rejections));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...pool),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        async (whole, edits) => {
          let bytes = Buffer.from(whole);
          for (const { at, remove, insert } of edits) {
            const place = at % bytes.length;
            bytes = Buffer.concat([bytes.subarray(0, place), insert, bytes.subarray(place + remove)]);
            if (bytes.length === 0) return;
          }
          for (const type of fileTypeNames) {
            const finding = await inspectAs(type, bytes);
            if (!finding.ok) expect(codes).toContain(finding.code);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

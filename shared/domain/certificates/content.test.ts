/** What a certificate may say, to the bounds; and what must be known of one that was issued on paper. */
import { describe, expect, it } from 'vitest';
import { reasonsOf } from '../../kernel/zod-reasons.ts';
import { CertificateContent, contentOf, PaperContent, standingTerms } from './content.ts';
import { sampleCheckAt, sampleContent, sampleTerms } from './sample-certificate.ts';

function faults(schema: typeof CertificateContent | typeof PaperContent, content: unknown): string[] {
  const parsed = schema().safeParse(content);
  return parsed.success ? [] : reasonsOf(parsed.error).map(({ code, pointer }) => `${code} ${pointer}`);
}

const whole = sampleContent();
const { project, owner } = whole;
const hash = '0123456789abcdef'.repeat(4);
const faultsWith = (changes: object): string[] => faults(CertificateContent, { ...whole, ...changes });

describe('the content of a certificate', () => {
  it.each([
    ['version 1 and version 9999', [{ version: 1 }, { version: 9999 }]],
    ['a figure of two decimals', [{ smallShare: 96.25 }, { buildingArea: 0.07 }, { investment: 1e8 }]],
    ['several restrictions, ten at most', [{ restrictions: Array<string>(10).fill('不得转租') }]],
    ['the version before it and its hash', [{ previous: { version: 1, content: hash } }]],
    ['the version before it, whatever its number', [{ previous: { version: 12, content: hash } }]],
    ['neither an operator nor days of building', [{ operator: undefined, startsOn: undefined }]],
    ['an operator without a code', [{ operator: { name: '演示青寓' } }]],
  ])('may say %s', (_what, changed) => {
    for (const changes of changed) expect(faultsWith(changes)).toEqual([]);
  });

  it.each([
    ['version 0', { version: 0 }, 'too-small /version'],
    ['version 10000', { version: 10_000 }, 'too-big /version'],
    ['a day that does not exist', { startsOn: '2021-02-29' }, 'civil-date /startsOn'],
    ['a day in another spelling', { decidedOn: '2021-11-8' }, 'civil-date /decidedOn'],
    ['a figure of three decimals', { smallShare: 96.255 }, 'two-decimals /smallShare'],
    ['a share above the whole', { smallShare: 100.01 }, 'too-big /smallShare'],
    ['no restriction at all', { restrictions: [] }, 'too-small /restrictions'],
    [
      'an eleventh restriction',
      { restrictions: Array<string>(11).fill('不得转租') },
      'too-big /restrictions',
    ],
    ['nothing but spaces for a text', { rent: '  ' }, 'too-small /rent'],
    [
      'a county of seven digits',
      { project: { ...project, county: '1501021' } },
      'invalid-format /project/county',
    ],
    [
      'a credit code of nineteen signs',
      { owner: { ...owner, creditCode: `${owner.creditCode}1` } },
      'invalid-format /owner/creditCode',
    ],
    ['a version 0 before it', { previous: { version: 0, content: hash } }, 'too-small /previous/version'],
    [
      'a hash that is too long',
      { previous: { version: 1, content: `${hash}0` } },
      'invalid-format /previous/content',
    ],
    [
      'a hash in capitals',
      { previous: { version: 1, content: hash.toUpperCase() } },
      'invalid-format /previous/content',
    ],
    ['a field that nobody knows', { phone: '1' }, 'unknown-field /phone'],
  ])('does not say %s', (_what, changes, fault) => {
    expect(faultsWith(changes)).toEqual([fault]);
  });

  it('has its texts without the spaces around them', () => {
    expect(CertificateContent().parse({ ...whole, rent: ' 不高于90% ' }).rent).toBe('不高于90%');
  });

  it('is what was decided with what the issue adds', () => {
    const issue = { number: 'n', version: 2, issuedOn: '2022-01-04', checkAt: sampleCheckAt };
    const previous = { version: 1, content: hash };
    expect(contentOf(sampleTerms, { ...issue, previous })).toEqual({
      ...sampleTerms,
      ...issue,
      previous,
      name: '保障性租赁住房项目认定书',
    });
  });
});

const least = {
  number: '呼房租证（2020）7号',
  issuedOn: '2020-05-06',
  issuer: sampleTerms.issuer,
  validFrom: '2020-05-06',
  validTo: '2030-05-05',
  project,
  owner,
};

describe('of a certificate that was issued on paper', () => {
  it('number, days, issuer, project and owner are enough', () => {
    expect(PaperContent().parse(least)).toEqual(least);
  });

  it('more is kept where it is known, and held to the same bounds', () => {
    expect(PaperContent().parse({ ...least, homes: 320, rent: '不高于90%' })).toEqual({
      ...least,
      homes: 320,
      rent: '不高于90%',
    });
    expect(faults(PaperContent, { ...least, homes: 1_000_001 })).toEqual(['too-big /homes']);
    expect(faults(PaperContent, { ...least, version: 1 })).toEqual(['unknown-field /version']);
  });

  it.each(Object.keys(least))('%s must be known', (name) => {
    expect(faults(PaperContent, { ...least, [name]: undefined })).toEqual([`invalid-type /${name}`]);
  });
});

describe('a change goes on from', () => {
  it('what the certificate says, without what its issue added', () => {
    expect(standingTerms(sampleContent({ previous: { version: 1, content: hash } }))).toStrictEqual(
      sampleTerms,
    );
  });

  it('a paper of which all terms are known', () => {
    const { number, issuedOn } = least;
    expect(standingTerms({ ...sampleTerms, number, issuedOn })).toStrictEqual(sampleTerms);
  });

  it.each([
    ['a paper of which too little is known', least],
    ['no certificate', undefined],
  ])('nothing, where there is %s', (_what, standing) => {
    expect(() => standingTerms(standing)).toThrow();
  });
});

import { describe, expect, it } from 'vitest';
import { reasonsOf } from '../../kernel/zod-reasons.ts';
import { ImportCertificate } from './import-input.ts';
import { sampleTerms } from './sample-certificate.ts';

const { issuer, validFrom, validTo, project, owner } = sampleTerms;
const content = {
  number: '呼房租证（2020）7号',
  issuedOn: '2020-05-06',
  issuer,
  validFrom,
  validTo,
  project,
  owner,
};
const scan = { submission: 's'.repeat(60), document: 'd'.repeat(60) };

function faults(input: object): string[] {
  const parsed = ImportCertificate().safeParse({ content, grade: 'B', ...input });
  return parsed.success ? [] : reasonsOf(parsed.error).map(({ code, pointer }) => `${code} ${pointer}`);
}

describe('a certificate from before the platform', () => {
  it('comes in with what the paper says and how well it is proved', () => {
    const input = { content, grade: 'C' };
    expect(ImportCertificate().parse(input)).toStrictEqual(input);
  });

  it('may come with a remark and a scan', () => {
    const input = { content, grade: 'A', remark: '  原件已核对  ', scan };
    expect(ImportCertificate().parse(input)).toStrictEqual({ ...input, remark: '原件已核对' });
    expect(faults({ remark: '核'.repeat(500) })).toEqual([]);
  });

  it.each([
    ['what the paper says', { content: undefined }, 'invalid-type /content'],
    ['a grade', { grade: undefined }, 'invalid-value /grade'],
    ['one of the grades', { grade: 'D' }, 'invalid-value /grade'],
    ['a remark that says something', { remark: '   ' }, 'too-small /remark'],
    ['a remark of at most 500 signs', { remark: '核'.repeat(501) }, 'too-big /remark'],
    ['the document of its scan', { scan: { submission: 's' } }, 'invalid-type /scan/document'],
    [
      'a submission that can be one',
      { scan: { ...scan, submission: 's'.repeat(61) } },
      'too-big /scan/submission',
    ],
    ['a document that can be one', { scan: { ...scan, document: 'd'.repeat(61) } }, 'too-big /scan/document'],
    ['known fields alone', { signed: true }, 'unknown-field /signed'],
  ])('needs %s', (_what, changes, fault) => {
    expect(faults(changes)).toEqual([fault]);
  });
});

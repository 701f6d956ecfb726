/**
 * A certificate from before the platform (纸质认定书补录): it keeps its old number and comes with its evidence, graded. What it says
 * is transcribed and not signed: the paper itself stays the certificate until a decision here makes its next version.
 */
import { addDays, civilDateOf, startOfDay } from '../../kernel/civil-date.ts';
import { refusal, type Reason, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { BoundDocument, Certificate } from '../../domain/certificates/certificate.ts';
import { contentHash, type PaperContent } from '../../domain/certificates/content.ts';
import type { ImportInput } from '../../domain/certificates/import-input.ts';
import { issuerRole } from '../../domain/certificates/lifecycle.ts';
import { fullNumber, parseNumber } from '../../domain/certificates/number.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { runCommand, type CommandRequest, type Deps } from '../command.ts';
import type { Answer, Store } from '../ports.ts';
import { etagOf, maySee } from '../submissions/view.ts';
import { boundDocument } from './act-on.ts';
import { changeOf } from './decided.ts';
import type { CertificateParts } from './ports.ts';
import { certificateView, cityOfCounty } from './read.ts';

export async function importCertificate(
  deps: Deps,
  command: CommandRequest,
  input: ImportInput,
): Promise<Result<Answer, Refusal>> {
  const { actor } = command;
  return runCommand(deps, command, {}, async () => {
    const { content, grade, remark } = input;
    if (content.issuer.code !== actor.office) return refuse(refusal('not-allowed'));
    const now = deps.now();
    const wrong = defects(input, civilDateOf(now));
    if (wrong.length > 0) return refuse(refusal('invalid-request', { count: wrong.length }, wrong));
    const scan = await scanOf(deps.store, actor, input);
    if (!scan.ok) return scan;
    const number = fullNumber(content.number);
    if (await deps.store.certificateNumbered(number))
      return refuse(refusal('certificate-number-taken', { number }));
    const counters = await countersFor(deps.store, number);
    if (!counters.ok) return counters;
    const evidence = {
      grade,
      ...(remark === undefined ? {} : { remark }),
      ...(scan.value ? { scan: scan.value.paper } : {}),
    };
    const fresh: Certificate = { ...recordOf(deps.newId(), content, now), number, evidence };
    const { project, city, county, owner, state } = fresh;
    const facts = { project, city, county, owner, number, to: state, grade, content: contentHash(content) };
    const by = { sub: actor.sub, office: actor.office, role: issuerRole };
    const event = { type: 'certificate.imported', facts };
    const { certificate, change } = changeOf(undefined, fresh, event, by, now);
    const { id } = certificate;
    return ok({
      commit: {
        changes: [change],
        certificates: {
          versions: [{ certificate: id, version: 1, issuedAt: startOfDay(content.issuedOn), content }],
          numbers: [{ number, certificate: id }],
          ...counters.value,
        },
        ...(scan.value
          ? {
              unchanged: [
                {
                  record: `document:${scan.value.paper.submission}/${scan.value.paper.document}`,
                  seq: scan.value.seq,
                },
              ],
            }
          : {}),
      },
      answer: {
        status: 201,
        body: certificateView(certificate, actor, content),
        etag: etagOf(certificate.seq),
        location: `/certificates/${id}`,
      },
    });
  });
}

function recordOf(id: string, content: PaperContent, now: string): Omit<Certificate, 'number' | 'evidence'> {
  const {
    issuer,
    project,
    owner,
    issuedOn,
    validFrom,
    validTo,
    decidedOn = issuedOn,
    ruleSet = '',
  } = content;
  const [issuedAt, over] = [startOfDay(issuedOn), addDays(validTo, 1)];
  const expired = validTo < civilDateOf(now);
  return {
    id,
    project: project.id,
    city: cityOfCounty(project.county) ?? '',
    county: project.county,
    issuer: issuer.code,
    owner: owner.creditCode,
    year: parseNumber(content.number)?.year ?? Number(decidedOn.slice(0, 4)),
    state: expired ? 'expired' : 'valid',
    version: 1,
    validFrom,
    validTo,
    decidedAt: startOfDay(decidedOn),
    issuedAt,
    ruleSet,
    versions: [{ version: 1, issuedAt, validFrom, validTo, content: contentHash(content) }],
    history: [
      { state: 'valid', at: issuedAt },
      ...(expired ? [{ state: 'expired' as const, at: startOfDay(over) }] : []),
    ],
    updatedAt: now,
    seq: 0,
    hash: '',
  };
}

/** All that does not fit, together. */
function defects({ content, grade, scan }: ImportInput, today: string): readonly Reason[] {
  const { issuer, project, issuedOn, validFrom, validTo, number } = content;
  const reasons: Reason[] = [];
  const tell = (pointer: string, code: string, zh: string, en: string): void => {
    reasons.push({ code, pointer: `/${pointer}`, text: { zh, en } });
  };
  const city = cityOfCounty(project.county);
  if (city === undefined || ![city, project.county].includes(issuer.code))
    tell(
      'content/project/county',
      'county-unknown',
      '不是发证机关辖内的旗县区',
      'It is no county of the issuing government',
    );
  if (validTo < validFrom)
    tell('content/validTo', 'term-reversed', '有效期止早于有效期起', 'The term ends before it begins');
  if (issuedOn > today)
    tell(
      'content/issuedOn',
      'in-the-future',
      '发证日期不能晚于今天',
      'It cannot have been issued after today',
    );
  const own = parseNumber(number);
  if (own && (own.county !== project.county || own.year > Number(today.slice(0, 4))))
    tell(
      'content/number',
      'number-of-another',
      '编号的旗县区或年度与内容不符',
      'The number names another county, or a year to come',
    );
  if (grade === 'C' && !scan)
    tell('scan', 'required', '仅有复印件的，须附扫描件', 'A copy alone must come with its scan');
  return reasons;
}

async function scanOf(
  store: Store,
  actor: Actor,
  { scan }: ImportInput,
): Promise<Result<{ readonly paper: BoundDocument; readonly seq: number } | undefined, Refusal>> {
  if (!scan) return ok(undefined);
  const head = await store.head(scan.submission);
  const submission = head && maySee(actor, head) ? scan.submission : '';
  return boundDocument(store, submission, scan.document, ['pdf', 'jpeg', 'png', 'ofd'], '/scan/document');
}

/**
 * A paper that carries a number of our own form stands before what the platform numbers: until it has begun, the counter goes
 * up with the papers; afterwards none can stand beyond it.
 */
async function countersFor(
  store: Store,
  number: string,
): Promise<Result<Pick<CertificateParts, 'counters'>, Refusal>> {
  const own = parseNumber(number);
  if (!own) return ok({});
  const { county, year, sequence } = own;
  const before = await store.issueCounter(county, year);
  const last = before?.last ?? 0;
  if (before?.begun && sequence > last) return refuse(refusal('certificate-number-beyond', { last }));
  const after = {
    county,
    year,
    last: Math.max(last, sequence),
    begun: before?.begun ?? false,
    revision: (before?.revision ?? 0) + 1,
  };
  return ok({ counters: [{ ...(before ? { before } : {}), after }] });
}

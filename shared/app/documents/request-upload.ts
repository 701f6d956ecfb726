/** Asks for a place to upload one file. The record comes first, so that no object is ever without its record. */
import { refusal, type Reason, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { chain, type AuditEntry } from '../../domain/audit/entry.ts';
import { documentsOf, type Document } from '../../domain/documents/document.ts';
import { fileTypes, type FileType } from '../../domain/documents/inspection/file-types.ts';
import { ticketMinutes } from '../../domain/documents/keys.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import type { Kind } from '../../domain/submissions/kind.ts';
import { kindOf } from '../../domain/submissions/kinds/index.ts';
import { leadOf } from '../../domain/submissions/parties.ts';
import type { Head, State } from '../../domain/submissions/submission.ts';
import { runCommand, type CommandRequest, type Decided, type Deps } from '../command.ts';
import type { Answer, Commit } from '../ports.ts';
import { documentView } from '../submissions/read.ts';
import type { UploadDesk } from './ports.ts';

export interface UploadInput {
  readonly paper: string;
  readonly fileName: string;
  readonly type: FileType;
  readonly length: number;
  /** SHA-256 of the bytes, base64. */
  readonly sha256: string;
}

/** Papers outside the kind's own list: an answer to a supplement, the scan of a consent given on paper. */
const extraPapers = {
  supplement: { types: ['pdf', 'docx', 'xlsx', 'jpeg', 'png', 'ofd'], maxBytes: 20_000_000 },
  'consent-scan': { types: ['pdf', 'ofd', 'jpeg', 'png'], maxBytes: 20_000_000 },
  // Of the joint review.
  'minutes-scan': { types: ['pdf', 'ofd', 'jpeg', 'png'], maxBytes: 20_000_000 },
  'site-visit': { types: ['pdf', 'jpeg', 'png', 'docx'], maxBytes: 20_000_000 },
  'condition-proof': { types: ['pdf', 'docx', 'xlsx', 'jpeg', 'png', 'ofd'], maxBytes: 20_000_000 },
} as const;

export async function requestUpload(
  deps: Deps & { readonly uploads: UploadDesk },
  command: CommandRequest,
  id: string,
  input: UploadInput,
): Promise<Result<Answer, Refusal>> {
  return runCommand(deps, command, { submission: id }, async (head) => {
    const kind = head && kindOf(head.kind);
    if (!head || !kind) return refuse(refusal('not-found'));
    const allowed = mayUpload(command.actor, head, input.paper);
    if (allowed) return refuse(allowed);
    const wrong = defects(kind, input);
    if (wrong.length > 0) return refuse(refusal('invalid-request', { count: wrong.length }, wrong));
    return ok(await decided(deps, command.actor, head, kind, input));
  });
}

/** In which state the lead adds which paper. */
const papersOfLead: Readonly<Record<string, State>> = {
  'consent-scan': 'awaiting-consent',
  'minutes-scan': 'in-review',
  'site-visit': 'in-review',
};

/** Who may add which paper when: the drafter while drafting, to answer, to prove or as promised; the lead what it records. */
function mayUpload(actor: Actor, head: Head, paper: string): Refusal | undefined {
  const state = Object.hasOwn(papersOfLead, paper) ? papersOfLead[paper] : undefined;
  if (state !== undefined) {
    const lead = actor.office === leadOf(head) && actor.roles.includes('lead');
    if (!lead) return refusal('not-allowed');
    return head.state === state ? undefined : refusal('document-in-use');
  }
  if (actor.office !== head.owner || !actor.roles.includes('drafter')) return refusal('not-allowed');
  if (paper === 'supplement') return head.asked.length > 0 ? undefined : refusal('supplement-not-open');
  if (paper === 'condition-proof')
    return (head.open?.prove ?? 0) > 0 ? undefined : refusal('document-in-use');
  return isDrafted(head) || isPromised(head, paper) ? undefined : refusal('document-in-use');
}

const isDrafted = ({ state }: Head): boolean => state === 'draft' || state === 'returned';

const isPromised = ({ open }: Head, wanted: string): boolean =>
  open?.papers.some(({ paper }) => paper === wanted) ?? false;

function defects(kind: Kind, input: UploadInput): Reason[] {
  const rule = paperRule(kind, input.paper);
  if (!rule) {
    return [
      {
        code: 'paper-unknown',
        pointer: '/paper',
        text: { zh: '该类申报没有此项材料', en: 'This kind has no such paper' },
      },
    ];
  }
  const reasons: Reason[] = [];
  if (!rule.types.includes(input.type)) {
    const names = rule.types.map((type) => fileTypes[type]);
    const text = {
      zh: `此项材料只收：${names.map((type) => type.zh).join('、')}`,
      en: `This paper takes: ${names.map((type) => type.en).join(', ')}`,
    };
    reasons.push({ code: 'type-not-allowed', pointer: '/type', text });
  }
  if (input.length > rule.maxBytes) {
    const megabytes = Math.floor(rule.maxBytes / 1_000_000);
    const text = { zh: `文件不得超过${megabytes}MB`, en: `The file may have at most ${megabytes} MB` };
    reasons.push({ code: 'too-large', pointer: '/length', text });
  }
  return reasons;
}

function paperRule(
  kind: Kind,
  paper: string,
): { types: readonly FileType[]; maxBytes: number; multiple: boolean } | undefined {
  const own = kind.papers.find((rule) => rule.code === paper);
  if (own) return own;
  return paper in extraPapers
    ? { ...extraPapers[paper as keyof typeof extraPapers], multiple: true }
    : undefined;
}

async function decided(
  deps: Deps & { readonly uploads: UploadDesk },
  actor: Actor,
  head: Head,
  kind: Kind,
  input: UploadInput,
): Promise<Decided> {
  const now = deps.now();
  const documents = await deps.store.documents(head.id);
  const multiple = paperRule(kind, input.paper)?.multiple ?? true;
  const old = multiple
    ? undefined
    : documentsOf(head.version, documents).find((one) => one.paper === input.paper);
  const fresh: Document = {
    id: deps.newId(),
    submission: head.id,
    owner: head.owner,
    ...input,
    state: 'awaiting-upload',
    fromVersion: isDrafted(head) ? head.version : head.frozen,
    ...(old ? { replaces: old.id } : {}),
    requestedAt: now,
    expiresAt: new Date(Date.parse(now) + ticketMinutes * 60_000).toISOString(),
    released: false,
    seq: 0,
    hash: '',
  };
  const by = { sub: actor.sub, office: actor.office };
  const added = documentChange(undefined, fresh, 'document.requested', by, now);
  const removed = old
    ? [documentChange(old, { ...old, removedIn: head.version }, 'document.replaced', by, now)]
    : [];
  const ticket = await deps.uploads.ticket(fresh, now);
  return {
    // Not after the filing went on: what was sent to the checker holds no file that came later.
    commit: { changes: [added, ...removed], unchanged: [{ record: `submission:${head.id}`, seq: head.seq }] },
    answer: {
      status: 201,
      body: { document: documentView(fresh), upload: ticket },
      location: `/submissions/${head.id}/documents/${fresh.id}`,
    },
  };
}

/** One change of a document with its audit entry. */
export function documentChange(
  before: Document | undefined,
  after: Document,
  type: string,
  by: AuditEntry['by'],
  now: string,
): Commit['changes'][number] {
  const facts = {
    submission: after.submission,
    paper: after.paper,
    state: after.state,
    sha256: after.sha256,
    ...(after.reason ? { reason: after.reason } : {}),
  };
  const { record, entry } = chain(
    `document:${after.submission}/${after.id}`,
    before,
    after,
    { type, facts },
    by,
    now,
  );
  return { kind: 'document', ...(before ? { before } : {}), after: record, entry };
}

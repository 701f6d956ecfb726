/** Whether a filing is complete: content, filing data, explanations, papers. Everything that is missing, at once. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import type { Reason, Text } from '../../kernel/refusal.ts';
import type { Document } from '../documents/document.ts';
import { documentStates, documentsOf } from '../documents/document.ts';
import type { Context } from './context.ts';
import type { PaperRule } from './kind.ts';
import { promisesIn } from './joint-review/conditions.ts';
import { checkContent } from './kinds/check-content.ts';
import type { Finding } from './kind.ts';
import type { Head, Version } from './submission.ts';

/** The findings on the content: hard ones stop the filing, soft ones want an explanation. */
export function findingsOf(version: Version, context: Context, head: Head): readonly Finding[] {
  return checkContent(context.kind, version.content, {
    city: context.city,
    period: head.period,
    ...(context.rules ? { rules: context.rules } : {}),
    ...(head.county ? { county: head.county } : {}),
    ...(context.project ? { project: context.project } : {}),
    today: civilDateOf(context.now),
  });
}

/** Every reason why the filing cannot go on. Empty: it is complete. */
export function missingIn(head: Head, context: Context): readonly Reason[] {
  const version = context.version;
  if (!version) return [reason('content-missing', '/content', '尚未填写申报内容', 'There is no content yet')];
  const content = findingsOf(version, context, head).flatMap((finding) => ofFinding(finding, version));
  return [...content, ...filingReasons(version, context.now), ...paperReasons(head, version, context)];
}

function ofFinding(finding: Finding, version: Version): Reason[] {
  if (finding.level === 'hard') {
    return [{ code: finding.code, pointer: `/content${finding.pointer}`, text: finding.text }];
  }
  if (version.explanations[finding.code]) return [];
  const text = {
    zh: `${finding.text.zh}（如确属实，请在说明中逐项解释）`,
    en: `${finding.text.en} (if it is so, explain it)`,
  };
  return [{ code: finding.code, pointer: `/explanations/${finding.code}`, text }];
}

function filingReasons(version: Version, now: string): Reason[] {
  const { documentNumber, issueDate, contact } = version.filing;
  const reasons: Reason[] = [];
  if (!documentNumber)
    reasons.push(
      reason(
        'document-number-missing',
        '/filing/documentNumber',
        '缺少文号',
        'The document number is missing',
      ),
    );
  if (!issueDate)
    reasons.push(
      reason('issue-date-missing', '/filing/issueDate', '缺少成文日期', 'The date of issue is missing'),
    );
  else if (issueDate > civilDateOf(now)) {
    reasons.push(
      reason(
        'issue-date-in-future',
        '/filing/issueDate',
        '成文日期不能晚于今天',
        'The date of issue lies in the future',
      ),
    );
  }
  if (!contact)
    reasons.push(
      reason(
        'contact-missing',
        '/filing/contact',
        '缺少联系人和联系电话',
        'The contact person and phone are missing',
      ),
    );
  return reasons;
}

function paperReasons(head: Head, version: Version, context: Context): Reason[] {
  const current = documentsOf(head.version, context.documents ?? []);
  const late = promisesIn(context.kind, version).map(({ paper }) => paper);
  return context.kind.papers.flatMap((paper) => {
    const files = current.filter((document) => document.paper === paper.code && document.state !== 'expired');
    const unready = files
      .filter((document) => document.state !== 'available')
      .map((document) => notReady(paper, document));
    if (unready.length > 0) return unready;
    if (files.length > 1 && !paper.multiple) return [repeated(paper)];
    const wanted = isRequired(paper, version.content) && !late.includes(paper.code);
    return wanted && files.length === 0
      ? [
          reason(
            'paper-missing',
            `/documents/${paper.code}`,
            `缺少材料：${paper.name.zh}`,
            `Paper missing: ${paper.name.en}`,
          ),
        ]
      : [];
  });
}

/** Two uploads asked for at the same moment: one of them has to go. */
function repeated({ code, name }: PaperRule): Reason {
  return reason(
    'paper-repeated',
    `/documents/${code}`,
    `材料“${name.zh}”只能有一份文件，请移除多余的`,
    `${name.en}: only one file may stand here; remove the others`,
  );
}

function isRequired(paper: PaperRule, content: unknown): boolean {
  if (!paper.required) return false;
  return paper.required === 'always' || paper.required.when(content);
}

function notReady(paper: PaperRule, document: Document): Reason {
  const state: Text = documentStates[document.state];
  return reason(
    `document-${document.state}`,
    `/documents/${paper.code}`,
    `材料“${paper.name.zh}”的文件“${document.fileName}”${state.zh}`,
    `${paper.name.en}: the file “${document.fileName}” is ${state.en}`,
  );
}

function reason(code: string, pointer: string, zh: string, en: string): Reason {
  return { code, pointer, text: { zh, en } };
}

/** Whether a further filing about a project can be made: what its certificate allows in the state that it is in. */
import type { Reason } from '../../kernel/refusal.ts';
import { certificateActions } from '../certificates/lifecycle.ts';
import { certificateStates, type CertificateState } from '../certificates/certificate.ts';
import type { Project } from './project.ts';

/** @returns why not, to be shown at the project that was named; undefined when it can be made */
export function notOpenFor(
  action: 'issue' | 'amend' | 'renew' | 'cancel',
  { certificate }: Pick<Project, 'certificate'>,
): Reason | undefined {
  const { from, zh, en } = certificateActions[action];
  const state = certificate?.state as CertificateState | undefined;
  if (state !== undefined && (from as readonly CertificateState[]).includes(state)) return undefined;
  const is = state === undefined ? { zh: '尚无', en: 'there is none yet' } : certificateStates[state];
  return {
    code: 'project-not-open',
    pointer: '/period',
    text: {
      zh: `该项目的认定书不能${zh}（现状：${is.zh}）`,
      en: `The certificate of this project does not allow to ${en} it (now: ${is.en})`,
    },
  };
}

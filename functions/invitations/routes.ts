/** Invitations to the joint review: the lead’s commands, and what a link opens. */
import { AnswerInput, InviteInput, NothingMore, OpenInput } from '../../shared/domain/invitations/inputs.ts';
import type { Route } from '../route.ts';

const lead = { scope: 'anju.review', roles: ['lead'] } as const;
const served = { function: 'invitations' } as const;
/** The link is the key: whoever holds it may ask, and what he gets depends on the code. */
const link = { ...served, access: 'anyone', secretPath: true } as const;

export const invitationRoutes: readonly Route[] = [
  {
    ...served,
    method: 'GET',
    path: '/submissions/{id}/invitations',
    access: lead,
    summary: { zh: '一件申报的联审邀请', en: 'The invitations of a filing' },
  },
  {
    ...served,
    method: 'POST',
    path: '/submissions/{id}/invitations',
    access: lead,
    summary: { zh: '邀请部门人员出具联审意见', en: 'Invite an official of a department to opine' },
    body: InviteInput,
    command: 'creates',
  },
  {
    ...served,
    method: 'POST',
    path: '/submissions/{id}/invitations/{number}/revoke',
    access: lead,
    summary: { zh: '撤回邀请', en: 'Revoke an invitation' },
    body: NothingMore,
    command: 'changes',
  },
  {
    ...link,
    method: 'GET',
    path: '/invitations/{token}',
    summary: { zh: '邀请链接', en: 'What the link of an invitation is about' },
  },
  {
    ...link,
    method: 'POST',
    path: '/invitations/{token}/code',
    summary: { zh: '索取短信验证码', en: 'Ask for the code by text message' },
    body: NothingMore,
    command: 'creates',
  },
  {
    ...link,
    method: 'POST',
    path: '/invitations/{token}/open',
    summary: { zh: '凭验证码打开申报件', en: 'Open the filing with the code' },
    body: OpenInput,
    command: 'creates',
  },
  {
    ...link,
    method: 'POST',
    path: '/invitations/{token}/answer',
    summary: { zh: '出具意见', en: 'Give the opinion' },
    body: AnswerInput,
    command: 'creates',
  },
];

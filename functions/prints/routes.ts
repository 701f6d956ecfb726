/** Papers of a joint review as PDF. */
import { anyone, type Route } from '../route.ts';

export const printRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/submissions/{id}/countersign-sheet',
    function: 'prints',
    access: anyone,
    summary: { zh: '联审会签表（PDF）', en: 'The countersign sheet of a joint review, as PDF' },
  },
  {
    method: 'GET',
    path: '/submissions/{id}/papers/{number}/print',
    function: 'prints',
    access: anyone,
    summary: { zh: '联审文书打印件（PDF）', en: 'A paper of a joint review, as PDF' },
  },
];

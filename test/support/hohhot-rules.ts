/** Invented rules of Hohhot for the joint review: three departments with three days, one day of public notice, and the survey may come later. */
import type { Json } from './bureau.ts';

export const hohhotRules: Json = {
  review: {
    panel: ['NATRES', 'FIRE', 'POWER'],
    days: { review: 3, notice: 1 },
    issuer: 'county',
    silenceConsents: false,
    latePapers: ['survey'],
  },
};

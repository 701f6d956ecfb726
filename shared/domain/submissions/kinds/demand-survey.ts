/** 需求调查: what housing new residents and young people lack, and what idle land and buildings there are (S-08). */
import * as z from 'zod';
import { once } from '../../../kernel/once.ts';
import { defineKind } from '../kind.ts';
import { civilDate, count, defaultLimits, hard, text } from './fields.ts';

const stock = (says: string) =>
  z
    .strictObject({
      plots: count('宗（处）数|Plots or buildings'),
      area: z.number().min(0).max(100_000_000).describe('面积（平方米）|Area (m²)'),
    })
    .describe(says);

const content = once(() =>
  z.strictObject({
    asOf: civilDate('调查截止日期|As of'),
    method: text(2000, '调查方法|Method'),
    newResidents: z
      .strictObject({ households: count('户数|Households'), persons: count('人数|Persons') })
      .describe('住房困难的新市民|New residents lacking housing'),
    youngPeople: z
      .strictObject({ households: count('户数|Households'), persons: count('人数|Persons') })
      .describe('住房困难的青年人|Young people lacking housing'),
    homesNeeded: count('需要的保障性租赁住房（套、间）|Homes needed'),
    idleLand: z
      .strictObject({
        collective: stock('集体经营性建设用地|Collective land'),
        enterprise: stock('企事业单位自有闲置土地|Idle land of enterprises and institutions'),
        park: stock('产业园区配套用地|Supporting land of parks'),
        stateNew: stock('可新供应的国有建设用地|State land that could be supplied'),
      })
      .describe('存量土地|Idle land'),
    idleBuildings: stock('非居住存量房屋|Idle non-residential buildings'),
  }),
);

export const demandSurvey = defineKind<z.infer<ReturnType<typeof content>>>({
  code: 'demand-survey',
  name: { zh: '住房需求和存量资源调查', en: 'Survey of demand and idle resources' },
  description: {
    zh: '摸清本地区保障性租赁住房需求和存量土地、房屋资源情况。',
    en: 'What housing is lacking, and what idle land and buildings there are.',
  },
  clauses: ['S-08'],
  period: 'year',
  content,
  papers: [],
  path: () => 'acknowledgement',
  reviewers: [],
  limits: defaultLimits,
  check: ({ newResidents, youngPeople }) =>
    [
      { group: newResidents, pointer: '/newResidents/persons' },
      { group: youngPeople, pointer: '/youngPeople/persons' },
    ].flatMap(({ group, pointer }) =>
      group.persons >= group.households
        ? []
        : [
            hard(
              'fewer-persons-than-households',
              pointer,
              '人数不能少于户数',
              'There cannot be fewer persons than households',
            ),
          ],
    ),
  figures: ({ homesNeeded }, period, submission) => ({
    demand: { [period]: { homes: homesNeeded, submission } },
  }),
});

/** What every operating guide says, whatever a city's rules are: S-01, S-09, S-13, S-18, S-19, cited as the public knows them. */
import type { Text } from '../../kernel/refusal.ts';

export const whoMayApply: readonly Text[] = [
  {
    zh: '农村集体经济组织、企事业单位、园区企业、住房租赁企业、房地产开发企业等各类主体，可以就其建设、改建、改造或者运营的项目提出申请（内政办发〔2021〕53号第二部分第（二）项）。',
    en: 'Rural collectives, enterprises and public institutions, enterprises of industrial parks, rental-housing companies, developers and others may apply for the projects that they build, convert, renovate or operate (notice 内政办发〔2021〕53号, 2(2)).',
  },
  {
    zh: '房源须以小户型、低租金为主，面向符合条件的新市民、青年人等群体供应（同上，第一部分、第三部分第（二）项）。',
    en: 'The homes are small, their rent is low, and they are let to new residents and young people who are eligible (same notice, 1 and 3(2)).',
  },
];

export const legalNotes: readonly Text[] = [
  {
    zh: '本指引所称时限均按工作日计算，从收到之日的次日起算；法定节假日不计，调休上班日计入。',
    en: 'Limits are in working days, counted from the day after receipt; public holidays do not count, make-up working days do.',
  },
  {
    zh: '申请材料不齐全或者不符合规定的，一次性书面告知需要补正的全部内容。',
    en: 'When papers are missing or wrong, the applicant is told once, in writing, of everything that is to be corrected.',
  },
  {
    zh: '不予认定的，书面说明理由。',
    en: 'A refusal gives its reasons in writing.',
  },
  {
    zh: '利用非居住存量土地和非居住存量房屋建设保障性租赁住房的，取得项目认定书后，可凭认定书享受税收、民用水电气价格等优惠政策（内政办发〔2021〕53号第三部分第（一）项）。',
    en: 'Projects on non-residential stock land or in non-residential stock buildings have, with the certificate, the tax and residential utility price preferences (notice 内政办发〔2021〕53号, 3(1)).',
  },
  {
    zh: '保障性租赁住房不得上市销售或者变相销售；严禁以保障性租赁住房为名违规经营或者骗取优惠政策（同上，第三部分第（二）项）。',
    en: 'Affordable rental housing may not be sold, openly or in disguise; to run an unlawful business or to obtain preferences by fraud in its name is forbidden (same notice, 3(2)).',
  },
  {
    zh: '注明“待核实”的数值未见当地正式文件，系平台默认值，以当地公布的文件为准；注明文号的，以该文件原文为准。',
    en: 'A value marked “unverified” stands in no document of the city that is known here: it is a default of the platform, and what the city publishes prevails. Where a document is named, its own wording prevails.',
  },
];

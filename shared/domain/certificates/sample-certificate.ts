/** An invented certificate and its terms, for tests and demonstrations. Places are real, organisations are not. */
import { contentOf, type CertificateContent, type CertificateTerms } from './content.ts';
import type { Certificate } from './certificate.ts';
import { standingRestrictions } from './terms.ts';

export const sampleTerms: CertificateTerms = {
  issuer: { code: '150102', name: '新城区人民政府' },
  decidedOn: '2021-11-08',
  validFrom: '2021-11-08',
  validTo: '2031-11-07',
  ruleSet: '150100/1',
  project: {
    id: '0191c2d4-7b3a-4c5d-8e6f-000000000001',
    name: '演示·青城新寓保障性租赁住房项目',
    address: '呼和浩特市新城区演示路1号',
    county: '150102',
    place: '呼和浩特市新城区',
  },
  unitNumbers: ['150102001001GB00001F00010001'],
  owner: { name: '演示青城住房租赁有限公司', creditCode: '91150102TE5TNMA15J', kind: 'rental-company' },
  operator: { name: '演示青寓物业服务有限公司', creditCode: '91150105NMHT002750' },
  mode: 'conversion',
  landPath: 'building',
  extent: {
    boundaries: '东至演示东街，南至演示路，西至演示小学，北至规划绿地',
    buildings: ['1号楼', '2号楼'],
  },
  landArea: 8_600.5,
  buildingArea: 21_350.75,
  homes: 320,
  rooms: 320,
  beds: 480,
  smallShare: 96.25,
  type: 'residential',
  investment: 6_480,
  startsOn: '2021-12-01',
  finishesOn: '2022-10-31',
  operatingYears: 10,
  rent: '不高于同地段同品质市场租赁住房评估租金的90%，年涨幅不超过5%',
  targetGroup: '在本市就业、无自有住房的新市民、青年人',
  policies: ['tax', 'water', 'power', 'gas', 'loan', 'subsidy'],
  restrictions: [...standingRestrictions],
  opinions: [
    { department: '新城区住房和城乡建设局', verdict: 'agree' },
    { department: '新城区自然资源局', verdict: 'agree' },
    { department: '新城区发展和改革委员会', verdict: 'agree' },
    { department: '新城区消防救援大队', verdict: 'agree-with-conditions' },
  ],
  conditions: ['消防设施改造完成并经验收合格后方可出租（新城区消防救援大队）'],
};

export const sampleCheckAt = 'https://anju.example.gov.cn/public/certificates/';

export function sampleContent(given: Partial<CertificateContent> = {}): CertificateContent {
  const issue = {
    number: '保租认字〔2021〕150102-0001号',
    version: 1,
    issuedOn: '2021-11-08',
    checkAt: sampleCheckAt,
  };
  return { ...contentOf(sampleTerms, issue), ...given };
}

/** Decided, and waiting for its number. */
export function pendingCertificate(given: Partial<Certificate> = {}): Certificate {
  const decidedAt = '2021-11-08T02:00:00.000Z';
  return {
    id: '0191c2d4-7b3a-4c5d-8e6f-0000000000c1',
    project: sampleTerms.project.id,
    submission: '0191c2d4-7b3a-4c5d-8e6f-0000000000f1',
    city: '150100',
    county: '150102',
    issuer: '150102',
    owner: sampleTerms.owner.creditCode,
    year: 2021,
    number: null,
    state: 'pending',
    version: 0,
    drafted: { version: 1, by: 'issue', validTo: sampleTerms.validTo },
    validFrom: sampleTerms.validFrom,
    validTo: sampleTerms.validTo,
    decidedAt,
    ruleSet: sampleTerms.ruleSet,
    versions: [],
    history: [{ state: 'pending', at: decidedAt }],
    updatedAt: decidedAt,
    seq: 0,
    hash: '',
    ...given,
  };
}

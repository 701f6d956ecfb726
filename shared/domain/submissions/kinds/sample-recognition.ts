/** An invented project in Hohhot's 新城区 (150102): a non-residential building becomes 120 small homes. For tests to break. */
export const company = '91150102TE5TNMA15J';

export const sampleRecognition = {
  project: { name: '演示·新城区青年公寓项目', address: '呼和浩特市新城区演示路1号' },
  owner: { name: '演示住房租赁有限公司', creditCode: company, kind: 'rental-company' },
  operator: null,
  supplyMode: 'conversion',
  landPath: 'building',
  resources: [] as string[],
  realEstateUnits: ['150102001001GB00001F00010001'],
  boundaries: '东至演示路，南至青城街，西至学府路，北至成吉思汗大街',
  form: 'residential',
  buildings: [{ name: '1号楼', floors: 8, floorArea: 6000, homes: 120, beds: 0 }],
  landArea: 2400,
  floorArea: 6000,
  homes: 120,
  beds: 0,
  types: [
    { name: '一居室', area: 35, homes: 80, proposedRent: 18, assessedRent: 22 },
    { name: '两居室', area: 60, homes: 40, proposedRent: 17, assessedRent: 21 },
  ],
  investment: 3600,
  startDate: '2021-11-15',
  finishDate: '2022-08-31',
  operatingYears: 10,
  planYear: '2021',
  notOwned: false,
  mortgaged: false,
  altered: true,
  targetGroup: '在新城区就业、住房困难的新市民、青年人',
  promised: [] as { paper: string; by: string }[],
};

/**
 * What a certificate says (认定书内容). Its canonical JSON is what is signed and hashed; the print is made from it alone. It
 * names organisations, never a person.
 */
import * as z from 'zod';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { isCivilDate } from '../../kernel/civil-date.ts';
import { creditCodeForm } from '../../kernel/credit-code.ts';
import { hashOf } from '../../kernel/hash.ts';
import { once } from '../../kernel/once.ts';
import {
  certificateName,
  certifiedModes,
  codesOf,
  enabledPolicies,
  homeTypes,
  landPaths,
  opinionVerdicts,
  ownerKinds,
} from './terms.ts';

const text = (most: number, says: string) => z.string().trim().min(1).max(most).describe(says);
const day = (says: string) => z.string().refine(isCivilDate, { error: 'civil-date' }).describe(says);
const count = (says: string) => z.int().min(0).max(1_000_000).describe(says);
export const mostConditions = 20;
/** Two decimals at most, so that a figure has one print. */
const figure = (most: number, says: string) =>
  z
    .number()
    .min(0)
    .max(most)
    .refine((value) => Math.round(value * 100) / 100 === value, { error: 'two-decimals' })
    .describe(says);
const creditCode = (says: string) => z.string().regex(creditCodeForm).describe(says);

/** What the deciding government lays down: everything but what the issue adds. */
const decided = () => ({
  issuer: z.strictObject({
    code: z.string().max(20).describe('发证机关代码|Code of the issuing government'),
    name: text(60, '发证机关|Issuing government'),
  }),
  decidedOn: day('认定日期|Day of the decision'),
  validFrom: day('有效期起|Valid from'),
  validTo: day('有效期止（含当日）|Valid to, this day included'),
  ruleSet: z.string().max(40).describe('所依据的政策措施版本|Version of the rules'),
  project: z.strictObject({
    id: z.string().max(60).describe('项目|Project'),
    name: text(120, '项目名称|Name of the project'),
    address: text(200, '项目地址|Address'),
    county: z
      .string()
      .regex(/^\d{6}$/)
      .describe('所在旗县区代码|Code of its county'),
    place: text(60, '所在地|League or city, and county'),
  }),
  unitNumbers: z.array(text(40, '不动产单元号|Real-estate unit number')).max(60),
  owner: z.strictObject({
    name: text(120, '项目主体|Owner'),
    creditCode: creditCode('统一社会信用代码|Unified social credit code'),
    kind: z.enum(codesOf(ownerKinds)).describe('主体类型|Kind of owner'),
  }),
  operator: z
    .strictObject({
      name: text(120, '运营管理单位|Operator'),
      creditCode: creditCode(
        '运营单位统一社会信用代码|Unified social credit code of the operator',
      ).optional(),
    })
    .optional(),
  mode: z.enum(codesOf(certifiedModes)).describe('建设方式|Way of supply'),
  landPath: z.enum(codesOf(landPaths)).describe('土地或房屋来源|Path of land or building'),
  extent: z.strictObject({
    boundaries: text(400, '四至|Boundaries'),
    buildings: z.array(text(60, '楼栋|Building')).max(80).describe('楼栋范围|Buildings'),
  }),
  landArea: figure(10_000_000, '用地面积（平方米）|Land (square metres)').optional(),
  buildingArea: figure(10_000_000, '建筑面积（平方米）|Floor area (square metres)'),
  homes: count('套数|Homes'),
  rooms: count('间数|Rooms'),
  beds: count('床位数|Beds'),
  smallShare: figure(100, '建筑面积不超过70平方米的占比（％）|Share up to 70 square metres (%)'),
  type: z.enum(codesOf(homeTypes)).describe('类型|Type'),
  investment: figure(100_000_000, '总投资（万元）|Investment (ten thousand yuan)'),
  startsOn: day('开工日期|Start').optional(),
  finishesOn: day('竣工日期|Completion').optional(),
  operatingYears: z.int().min(1).max(70).describe('运营期限（年）|Operating term (years)'),
  rent: text(200, '租金标准|Rent rule'),
  targetGroup: text(200, '供应对象|Target group'),
  policies: z.array(z.enum(codesOf(enabledPolicies))).describe('可享受的支持政策|Policies that it opens'),
  restrictions: z.array(text(200, '限制事项|Restriction')).min(1).max(10),
  opinions: z
    .array(
      z.strictObject({
        department: text(60, '联审部门|Department'),
        verdict: z.enum(codesOf(opinionVerdicts)).describe('意见|Opinion'),
      }),
    )
    .max(20)
    .describe('部门联审意见|Opinions of the joint review'),
  conditions: z.array(text(300, '附带条件|Condition')).max(mostConditions),
});

/** What the issue adds: number, version, day, the version before, where it is checked. */
const added = () => ({
  name: z.literal(certificateName).describe('证书名称|Name of the certificate'),
  number: text(60, '编号|Number'),
  version: z.int().min(1).max(9999).describe('版本|Version'),
  issuedOn: day('发证日期|Day of issue'),
  /** Links the version that this one replaces. */
  previous: z
    .strictObject({ version: z.int().min(1), content: z.string().regex(/^[0-9a-f]{64}$/) })
    .optional(),
  checkAt: z.string().max(200).describe('核验网址|Where it can be checked'),
});

export const CertificateTerms = once(() => z.strictObject(decided()));
export type CertificateTerms = z.infer<ReturnType<typeof CertificateTerms>>;

export const CertificateContent = once(() => z.strictObject({ ...decided(), ...added() }));
export type CertificateContent = z.infer<ReturnType<typeof CertificateContent>>;

/** What is known of a certificate that was issued on paper before the platform. */
export const PaperContent = once(() =>
  z
    .strictObject(decided())
    .partial()
    .required({ issuer: true, validFrom: true, validTo: true, project: true, owner: true })
    .extend({ number: text(60, '原编号|Its old number'), issuedOn: day('原发证日期|Its day of issue') }),
);
export type PaperContent = z.infer<ReturnType<typeof PaperContent>>;

/**
 * The terms of a certificate as it stands, without what its issue added: what a change or a renewal goes on from.
 * @throws ZodError for a paper certificate of which too little is known, and when there is none
 */
export function standingTerms(standing: CertificateContent | PaperContent | undefined): CertificateTerms {
  return CertificateTerms().strip().parse(standing);
}

export interface IssueOf {
  readonly number: string;
  readonly version: number;
  readonly issuedOn: string;
  readonly previous?: { readonly version: number; readonly content: string };
  readonly checkAt: string;
}

/** The whole content: what was decided, with what the issue adds. */
export function contentOf(terms: CertificateTerms, issue: IssueOf): CertificateContent {
  return CertificateContent().parse({ ...terms, name: certificateName, ...issue });
}

/** The bytes that are signed, as text. */
export function canonicalContent(content: CertificateContent): string {
  return canonicalJson(content);
}

/** SHA-256 of the canonical content, in hexadecimal digits. */
export function contentHash(content: CertificateContent | PaperContent): string {
  return hashOf(content);
}

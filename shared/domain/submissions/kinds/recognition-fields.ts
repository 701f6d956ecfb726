/** The form of an application for recognition (项目认定申请): what the certificate will say (S-08 to S-12). */
import * as z from 'zod';
import { creditCodeForm } from '../../../kernel/credit-code.ts';
import { once } from '../../../kernel/once.ts';
import { codesOf, ownerKinds } from '../../certificates/terms.ts';
import { landPathCodes } from '../../resources/land-paths.ts';
import { civilDate, text } from './fields.ts';

export const projectModes = ['newBuild', 'conversion', 'renovation', 'other'] as const;

/** As many as a certificate and the register can say. */
const count = (says: string) => z.int().min(0).max(1_000_000).describe(says);
const area = (says: string) => z.number().positive().max(10_000_000).describe(says);
const creditCode = (says: string) => z.string().trim().regex(creditCodeForm).describe(says);
/** Yuan for a square metre and month; null: assessed before letting. */
const rent = (says: string) => z.number().positive().max(10_000).nullable().describe(says);

export const recognitionContent = once(() =>
  z.strictObject({
    project: z
      .strictObject({
        name: text(120, '项目名称|Name of the project'),
        address: text(200, '坐落|Address'),
      })
      .describe('项目|Project'),
    owner: z
      .strictObject({
        name: text(120, '单位名称|Name'),
        creditCode: creditCode('统一社会信用代码|Unified social credit code'),
        kind: z.enum(codesOf(ownerKinds)).describe('主体类别|Kind of owner'),
      })
      .describe('申请单位|Owner'),
    operator: z
      .strictObject({
        name: text(120, '单位名称|Name'),
        creditCode: creditCode('统一社会信用代码|Unified social credit code'),
      })
      .nullable()
      .describe('委托运营单位（自行运营填空）|Operator (null: the owner itself)'),
    supplyMode: z.enum(projectModes).describe('建设方式|Supply mode'),
    landPath: z.enum(landPathCodes).describe('用地用房路径|Way to land or building'),
    resources: z
      .array(z.string().max(60))
      // Each changes with its audit entry in the step's own transaction, which holds a hundred items.
      .max(16)
      .describe('所用存量资源（台账编号）|Resources used (numbers in the register)'),
    realEstateUnits: z
      .array(text(40, '不动产单元号|Number of a real-estate unit'))
      .max(50)
      .describe('不动产单元号|Numbers of the real-estate units'),
    boundaries: text(400, '四至|Boundaries'),
    form: z.enum(['residential', 'dormitory']).describe('住宅型或宿舍型|Residential or dormitory type'),
    buildings: z
      .array(
        z.strictObject({
          name: text(60, '楼栋|Building'),
          floors: z.int().min(1).max(200).describe('层数|Floors'),
          floorArea: area('建筑面积（平方米）|Floor area (m²)'),
          homes: count('套（间）数|Homes'),
          beds: count('床位数|Beds'),
        }),
      )
      .min(1)
      .max(60)
      .describe('楼栋|Buildings'),
    landArea: area('用地面积（平方米）|Land area (m²)'),
    floorArea: area('建筑面积（平方米）|Floor area (m²)'),
    homes: count('总套（间）数|Homes'),
    beds: count('总床位数|Beds'),
    types: z
      .array(
        z.strictObject({
          name: text(40, '户型|Type'),
          area: z.number().positive().max(500).describe('套型建筑面积（平方米）|Floor area of a home (m²)'),
          homes: count('套（间）数|Homes'),
          proposedRent: rent(
            '拟定租金（元/平方米·月），出租前评估的填空|Proposed rent (yuan/m²·month); null: before letting',
          ),
          assessedRent: rent('市场评估租金（元/平方米·月）|Assessed market rent (yuan/m²·month)'),
        }),
      )
      .min(1)
      .max(40)
      .describe('户型|Types of homes'),
    investment: z.number().min(0).max(100_000_000).describe('总投资（万元）|Investment (10,000 yuan)'),
    startDate: civilDate('计划开工日期|Start of works'),
    finishDate: civilDate('计划竣工日期|Completion'),
    operatingYears: z.int().min(1).max(70).describe('运营期限（年）|Operating term (years)'),
    planYear: z
      .string()
      .regex(/^20(2[1-9]|[3-9]\d)$/)
      .describe('列入的年度计划|Annual plan that it belongs to'),
    notOwned: z.boolean().describe('非本单位产权|Owned by somebody else'),
    mortgaged: z.boolean().describe('已设立抵押|Mortgaged'),
    altered: z.boolean().describe('涉及改变结构或者平面布局|Structure or layout is altered'),
    targetGroup: text(500, '供应对象|Target group'),
    promised: z
      .array(
        z.strictObject({
          paper: z.string().max(60).describe('材料代码|Paper'),
          by: civilDate('承诺补交日期|By when'),
        }),
      )
      .max(10)
      .describe('容缺材料|Papers promised for later'),
  }),
);
export type Recognition = z.infer<ReturnType<typeof recognitionContent>>;

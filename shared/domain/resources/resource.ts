/**
 * A resource (存量资源, S-08): an idle plot or building on which homes may be built. It names the filing or the project that holds it:
 * one resource never stands in two.
 */
import * as z from 'zod';
import { once } from '../../kernel/once.ts';
import { landPathCodes } from './land-paths.ts';

export const resourceKinds = {
  land: { zh: '土地', en: 'Land' },
  building: { zh: '房屋', en: 'Building' },
} as const;
const kindCodes = Object.keys(resourceKinds) as ['land', 'building'];

export const resourceStates = {
  idle: { zh: '闲置', en: 'idle' },
  held: { zh: '已列入申请', en: 'named in an application' },
  used: { zh: '已用于项目', en: 'used by a project' },
  removed: { zh: '已移出台账', en: 'removed from the register' },
} as const;
export type ResourceState = keyof typeof resourceStates;
export const resourceStateNames = Object.keys(resourceStates) as [ResourceState, ...ResourceState[]];

/** The name of the chain that holds it: `submission:<id>` until the decision, `project:<id>` after it. */
export type Holder = `submission:${string}` | `project:${string}`;

const text = (max: number, says: string) => z.string().trim().min(1).max(max).describe(says);
const area = (says: string) => z.number().positive().max(100_000_000).describe(says);

/** What its keeper says of a resource. */
export const ResourceDetails = once(() =>
  z.strictObject({
    kind: z.enum(kindCodes).describe('类别|Kind'),
    path: z.enum(landPathCodes).describe('用地用房路径|Way to land or building'),
    name: text(120, '名称|Name'),
    address: text(200, '坐落|Address'),
    county: z
      .string()
      .regex(/^\d{6}$/)
      .describe('旗县区代码|County code'),
    unitNumber: z
      .string()
      .trim()
      .regex(/^[0-9A-Z]{1,40}$/)
      .optional()
      .describe('不动产单元号|Number of the real-estate unit'),
    landArea: area('土地面积（平方米）|Land area (m²)').optional(),
    floorArea: area('建筑面积（平方米）|Floor area (m²)').optional(),
    presentUse: text(200, '现状用途|Present use'),
    holder: z
      .strictObject({
        name: text(120, '权利人名称|Name of the holder'),
        code: z
          .string()
          .trim()
          .regex(/^[0-9A-Z]{1,18}$/)
          .optional()
          .describe('权利人统一社会信用代码|Unified social credit code of the holder'),
      })
      .describe('权利人（单位）|Holder, an organisation'),
    note: text(1000, '备注|Note').optional(),
    explanations: z
      .record(z.string().max(60), z.string().trim().min(1).max(500))
      .optional()
      .describe('对提示事项的说明，按提示代码|Explanations of findings, by their codes'),
  }),
);
export type ResourceDetails = z.infer<ReturnType<typeof ResourceDetails>>;

export const Resource = once(() =>
  z.object({
    id: z.string(),
    /** The reporting city in whose register it stands. */
    city: z.string(),
    details: ResourceDetails(),
    state: z.enum(resourceStateNames),
    heldBy: z
      .string()
      .regex(/^(submission|project):.+/)
      .optional(),
    /** Why it was removed. */
    removedBecause: z.string().optional(),
    registeredAt: z.string(),
    updatedAt: z.string(),
    seq: z.int(),
    hash: z.string(),
  }),
);
export type Resource = z.infer<ReturnType<typeof Resource>>;

/** A line of the register: what the list shows. */
export interface ResourceLine extends Pick<
  ResourceDetails,
  'kind' | 'path' | 'name' | 'address' | 'unitNumber' | 'landArea' | 'floorArea' | 'presentUse'
> {
  readonly id: string;
  readonly city: string;
  readonly county: string;
  readonly holder: string;
  readonly state: ResourceState;
  readonly updatedAt: string;
}

export function resourceLine({ id, city, details, state, updatedAt }: Resource): ResourceLine {
  const { kind, path, name, address, county, unitNumber, landArea, floorArea, presentUse, holder } = details;
  return {
    id,
    city,
    county,
    kind,
    path,
    name,
    address,
    ...(unitNumber === undefined ? {} : { unitNumber }),
    ...(landArea === undefined ? {} : { landArea }),
    ...(floorArea === undefined ? {} : { floorArea }),
    presentUse,
    holder: holder.name,
    state,
    updatedAt,
  };
}

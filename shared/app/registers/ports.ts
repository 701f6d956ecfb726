/** What the registers of resources, plan-use and projects are read by. The store gives it. */
import type { Resource, ResourceLine } from '../../domain/resources/resource.ts';
import type { Page } from '../ports.ts';

export interface RegisterReads {
  resource(id: string): Promise<Resource | undefined>;
  /** Lines of a reporting city's register, or of one county of it, by county. The index may lag behind the record. */
  resourcesOf(
    city: string,
    county: string | undefined,
    cursor: string | undefined,
    limit: number,
  ): Promise<Page<ResourceLine>>;
}

/** What the registers of resources, plan-use and projects are read by. The store gives it. */
import type { PlanUse } from '../../domain/projects/plan-use.ts';
import type { Project, ProjectVersion } from '../../domain/projects/project.ts';
import type { ProjectLine } from '../../domain/projects/line.ts';
import type { Resource, ResourceLine } from '../../domain/resources/resource.ts';
import type { OverviewFigure } from '../../domain/evaluation/contribution.ts';
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
  /** There whenever it is asked for: a plan of which nothing was taken has its first record. */
  planUse(city: string, year: number): Promise<PlanUse>;
  project(id: string): Promise<Project | undefined>;
  projectVersion(id: string, number: number): Promise<ProjectVersion | undefined>;
  /** Lines of a reporting city, or of one county of it, by county. They follow the records within moments. */
  projectsOf(
    city: string,
    county: string | undefined,
    cursor: string | undefined,
    limit: number,
  ): Promise<Page<ProjectLine>>;
  /** Filings about projects in a reporting city, or in one county of it, by county: their ids. They follow within moments. */
  filingsIn(
    city: string,
    county: string | undefined,
    cursor: string | undefined,
    limit: number,
  ): Promise<Page<string>>;
  /** Lines of an owner, by his unified social credit code. */
  projectsOfOwner(code: string, cursor: string | undefined, limit: number): Promise<Page<ProjectLine>>;
  /** How many projects of a reporting city are past the day on which their stage was due. */
  lateProjects(city: string, today: string): Promise<number>;
  /** The overview's figures of one of the twelve cities and a plan year. */
  overviewSums(city: string, year: number): Promise<OverviewSums>;
}

export type OverviewSums = Readonly<Partial<Record<OverviewFigure, number>>>;

/** Where the lists of projects are kept. */
export interface ProjectLines {
  /** Puts the line unless one of a later number of the project stands there. */
  put(line: ProjectLine, source: number): Promise<void>;
  /** Enters a filing in the list of its city: where it lies never changes, so twice is once. */
  putFiling(city: string, county: string, id: string): Promise<void>;
}

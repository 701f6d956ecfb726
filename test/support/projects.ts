/** Projects on a running platform, as the steps of their filings leave them: written into its table, and followed by its stream. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import type { Store } from '../../shared/app/ports.ts';
import { planUseChange, projectChange, resourceChange } from '../../shared/app/registers/changes.ts';
import {
  moveProject,
  projectFrom,
  type ProjectEventType,
  type ProjectMove,
} from '../../shared/domain/projects/lifecycle.ts';
import { reserve } from '../../shared/domain/projects/plan-use.ts';
import type { Project, ProjectContent } from '../../shared/domain/projects/project.ts';
import { sampleContent } from '../../shared/domain/projects/sample-project.ts';
import { hold } from '../../shared/domain/resources/actions.ts';
import type { Platform } from '../../infra/local/platform.ts';

const by = { sub: 'review-path', office: '150100-HOUSING', role: 'lead' };

export class Projects {
  readonly store: Store;
  readonly #platform: Platform;
  #made = 0;

  private constructor(platform: Platform, store: Store) {
    this.#platform = platform;
    this.store = store;
  }

  static async on(platform: Platform): Promise<Projects> {
    const runtime = (await (await fetch(`${platform.url}/dev/runtime`)).json()) as {
      engines: { table: string };
      credentials: { accessKeyId: string; secretAccessKey: string };
      region: string;
      table: string;
    };
    const client = DynamoDBDocumentClient.from(
      new DynamoDBClient({
        region: runtime.region,
        credentials: runtime.credentials,
        endpoint: runtime.engines.table,
        systemClockOffset: platform.clock.now() - Date.now(),
      }),
      { marshallOptions: { removeUndefinedValues: true } },
    );
    return new Projects(
      platform,
      dynamoStore(client, runtime.table, () => platform.clock.iso()),
    );
  }

  async apply(content: Partial<ProjectContent> = {}, due?: string): Promise<Project> {
    this.#made += 1;
    const id = `p-${this.#made}`;
    const at = this.#platform.clock.iso();
    const fresh = projectFrom({
      id,
      submission: `s-${this.#made}`,
      content: sampleContent({ resources: [], ...content }),
      ruleSet: 'default/1',
      due,
      at,
    });
    return this.#commit('project.applied', undefined, fresh);
  }

  async move(
    before: Project,
    type: Exclude<ProjectEventType, 'project.applied'>,
    move: Omit<ProjectMove, 'at'> = {},
  ): Promise<Project> {
    const moved = moveProject(type, before, { at: this.#platform.clock.iso(), ...move });
    if (!moved.ok) throw new Error(moved.error.code);
    return this.#commit(type, before, moved.value);
  }

  /** Holds a registered resource for the project's filing. */
  async hold(resource: string, { submission }: Project): Promise<void> {
    const before = await this.store.resource(resource);
    const held = before && hold(before, `submission:${submission}`);
    if (!held?.ok) throw new Error(`${resource} cannot be held`);
    await this.#put({ changes: resourceChange('hold', before, held.value, by, this.#platform.clock.iso()) });
  }

  /** Takes the project's homes of a plan of this size. */
  async take({ city, content, id }: Project, planned: number): Promise<void> {
    const before = await this.store.planUse(city, content.planYear);
    const after = reserve(before, content.homes, planned);
    if (!after.ok) throw new Error(after.error.code);
    const why = { project: id, planned };
    const now = this.#platform.clock.iso();
    await this.#put({ changes: [planUseChange('plan-use.reserved', before, after.value, why, by, now)] });
  }

  async #commit(type: ProjectEventType, before: Project | undefined, after: Project): Promise<Project> {
    const { change, ...versions } = projectChange(type, before, after, by, this.#platform.clock.iso());
    await this.#put({ ...versions, changes: [change] });
    return change.after;
  }

  async #put(unit: Parameters<Store['commit']>[0]): Promise<void> {
    const { outcome } = await this.store.commit(unit);
    if (outcome !== 'done') throw new Error(`Not committed: ${outcome}`);
    await this.#platform.drain();
  }
}
